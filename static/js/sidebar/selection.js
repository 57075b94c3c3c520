/** Which rows of a list are selected: one by one, from one to another, or all. It knows no page. */

export class Selection {
  /** @type {Set<string>} */
  #chosen = new Set()
  /** Where a range begins. @type {string | null} */
  #anchor = null

  get size() {
    return this.#chosen.size
  }

  get ids() {
    return [...this.#chosen]
  }

  /** @param {string} id */
  has(id) {
    return this.#chosen.has(id)
  }

  /** @param {string} id @param {boolean} [on] */
  toggle(id, on = !this.#chosen.has(id)) {
    if (on) this.#chosen.add(id)
    else this.#chosen.delete(id)
    this.#anchor = id
  }

  /** Everything from the row touched last to this one becomes as that one is.
   * @param {string} id @param {string[]} order */
  reach(id, order) {
    const [from, to] = [order.indexOf(this.#anchor ?? ""), order.indexOf(id)]
    if (from < 0 || to < 0) return this.toggle(id)
    const on = this.#chosen.has(order[from])
    for (const between of order.slice(Math.min(from, to), Math.max(from, to) + 1)) {
      if (on) this.#chosen.add(between)
      else this.#chosen.delete(between)
    }
  }

  /** All of them, or none when all are selected already. @param {string[]} order */
  all(order) {
    const isAll = this.isAll(order)
    this.#chosen = new Set(isAll ? [] : order)
  }

  /** @param {string[]} order */
  isAll(order) {
    return order.length > 0 && order.every((id) => this.#chosen.has(id))
  }

  /** Forget those that are in the list no more. @param {string[]} order */
  keep(order) {
    this.#chosen = new Set(order.filter((id) => this.#chosen.has(id)))
  }

  clear() {
    this.#chosen.clear()
    this.#anchor = null
  }
}
