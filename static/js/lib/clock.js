/** The server's clock: its times are counted on by this one, however wrong this device's is. */

/** Server minus device, in seconds. */
let ahead = 0

/** The server has just said what time it is. @param {number | undefined} now Unix seconds */
export function setServerTime(now) {
  if (now) ahead = now - Date.now() / 1000
}

/** Unix seconds by the server's clock. */
export function serverTime() {
  return Date.now() / 1000 + ahead
}
