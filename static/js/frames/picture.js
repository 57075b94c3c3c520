/** Inside the frame that shows one picture from elsewhere: tells the page around it how large the
 * picture is, so that the frame fits. */

const picture = /** @type {HTMLImageElement} */ (document.querySelector("img"))

if (picture.complete) tell()
else picture.onload = picture.onerror = tell

function tell() {
  const { naturalWidth: width, naturalHeight: height } = picture
  parent.postMessage(width && height ? { width, height } : { failed: true }, "*")
}
