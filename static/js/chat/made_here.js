/** Looks for pictures and films in a conversation; what shows them is loaded with the first. */

/** @param {HTMLElement} room */
export function showMade(room) {
  const log = room.querySelector(".log")
  const looking = new MutationObserver(look)
  function look() {
    const place = room.querySelector("article [data-kind=media]")
    if (!place) return
    looking.disconnect()
    import("#chat/media").then(({ follow }) => follow(place))
  }
  if (log) looking.observe(log, { childList: true })
  look()
}
