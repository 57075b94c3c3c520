/** Of the server's socket, on the host this page came from. */
export function socketAddress() {
  return `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/`
}
