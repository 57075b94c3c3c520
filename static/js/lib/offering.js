/** Buttons that can be pressed only now and then. One that goes off under the focus would let it fall
 * out of its dialog, and with it the keys that the dialog hears. */

/** @param {[button: HTMLButtonElement, isOn: boolean][]} buttons @param {HTMLElement} otherwise has the
 *  focus where none of them is on */
export function offerButtons(buttons, otherwise) {
  const hadFocus = buttons.find(([button]) => button === document.activeElement)
  for (const [button, isOn] of buttons) button.disabled = !isOn
  if (!hadFocus || hadFocus[1]) return
  const [heir = otherwise] = buttons.find(([, isOn]) => isOn) ?? []
  heir.focus()
}
