/** What is written and not sent. The browser keeps it at once, the server after a short pause; a
 * copy in the browser is what the server has not said it has.
 * @typedef {{text: string, model: string | null, options: Record<string, any>,
 *   attachments?: import("#chat/uploads").Stored[]}} Draft
 * @typedef {Draft & {base: string | null, handed: boolean}} Local what is kept in the browser: `base`
 *   is the server's stamp it was written on, `handed` whether it was on its way to the server
 * @typedef {{place: string, draft: Draft, show: (draft: Draft) => void}} Box where it is written */
import { filesOf } from "#chat/attached"
import { readDraft, saveDraft, Unsaved } from "#chat/draft_requests"
import { pauseBefore } from "#lib/backoff"
import { recall, remember, remembersInTab } from "#lib/storage"

const PAUSE = 700
const BETWEEN_LOOKS = 2000

const writtenOver = () => import("#chat/written_over")

export class Drafts {
  #box
  /** The server's stamp of what is in the box; null: not known. @type {string | null} */
  #stamp
  #changes = 0
  #saved = 0
  /** @type {Promise<void> | undefined} */
  #saving
  /** As of which change. */
  #underWay = -1
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer
  #failures = 0
  #isShowing = false
  #lookedAt = -Infinity

  /** @param {Box} box @param {string} stamp of the draft that the page came with */
  constructor(box, stamp) {
    this.#box = box
    this.#stamp = stamp
  }

  /** Show the newer of the page's draft and the browser's. */
  begin() {
    const { place } = this.#box
    if (remembersInTab(`.mine.${place}`)) writtenOver().then(({ offerKept }) => offerKept(place, (draft) => this.#take(draft)))
    const local = localDraft(recall(this.#name, null))
    if (!local) return void (isOlderThanSaved(this.#box.place, this.#stamp) && this.look())
    if (isSuperseded(local, this.#box.draft, this.#stamp)) return remember(this.#name, null)
    this.#show(local)
    this.changed()
  }

  /** Something was written or chosen. */
  changed() {
    if (this.#isShowing) return
    this.#changes += 1
    this.#failures = 0
    this.#keep(false)
    this.#saveIn(PAUSE)
  }

  /** The server has taken what stood here as a question, and emptied its draft. */
  accepted() {
    this.#stamp = null
    if (this.#saving || holdsSomething(this.#box.draft)) return this.changed()
    clearTimeout(this.#timer)
    this.#saved = this.#changes
    remember(this.#name, null)
  }

  /** The box belongs to a conversation from now on; before, to none. */
  moved() {
    remember("draft.new", null)
    // What was under way may arrive after the question that emptied it.
    this.#saving?.finally(() => saveDraft("new", { text: "", model: null, options: {} }).catch(() => undefined))
    if (holdsSomething(this.#box.draft)) this.changed()
  }

  /** Have the server know everything now. */
  async flush() {
    clearTimeout(this.#timer)
    await this.#saving
    if (!this.#isSaved) await this.#save()
  }

  /** The page goes away, perhaps for ever. */
  leave() {
    if (this.#isSaved) return
    clearTimeout(this.#timer)
    const isSaid = saveDraft.last(this.#box.place, this.#box.draft)
    // A save of older words may overtake these; then only the browser's copy counts.
    this.#keep(isSaid && (!this.#saving || this.#underWay === this.#changes))
  }

  /** The page is looked at again: save what the way out did not, or see what was written elsewhere. */
  comeBack() {
    if (this.#isSaved) this.look()
    else this.#saveIn(0)
  }

  /** Another tab or device may have written meanwhile; never while something is written here. */
  async look() {
    if (!this.#isSaved || performance.now() - this.#lookedAt < BETWEEN_LOOKS) return
    this.#lookedAt = performance.now()
    const [changes, place] = [this.#changes, this.#box.place]
    const found = await readDraft(place).catch(() => null)
    const isStill = this.#isSaved && changes === this.#changes && place === this.#box.place
    if (!found || !isStill) return
    const isKnown = found.stamp === (this.#stamp ?? "")
    document.dispatchEvent(new CustomEvent("draft-read", { detail: { place, setup: found.setup, isSame: isKnown } }))
    if (isKnown) return
    this.#stamp = found.stamp
    if (isSame(found, this.#box.draft)) return
    const mine = this.#box.draft
    this.#show(found)
    if (this.#changes && mine.text && found.text && !found.text.includes(mine.text)) this.#offer(mine)
  }

  /** What was written here is not lost to what was written elsewhere. @param {Draft} mine */
  #offer(mine) {
    writtenOver().then(({ offerMine }) => offerMine(this.#box.place, mine, (draft) => this.#take(draft)))
  }

  /** @param {Draft} mine */
  #take(mine) {
    this.#show(mine)
    this.changed()
  }

  get #name() {
    return `draft.${this.#box.place}`
  }

  get #isSaved() {
    return this.#changes === this.#saved && !this.#saving
  }

  /** @param {Draft} draft */
  #show(draft) {
    this.#isShowing = true
    this.#box.show(draft)
    this.#isShowing = false
  }

  /** @param {boolean} handed */
  #keep(handed) {
    remember(this.#name, { ...this.#box.draft, base: this.#stamp, handed })
  }

  /** @param {number} pause */
  #saveIn(pause) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#save(), pause)
  }

  async #save() {
    if (this.#saving) return
    const [changes, place] = [this.#changes, this.#box.place]
    this.#underWay = changes
    this.#keep(true)
    this.#saving = saveDraft(place, this.#box.draft).then(
      (stamp) => this.#told(stamp, changes, place),
      (error) => this.#failed(error),
    )
    await this.#saving
    this.#saving = undefined
    if (this.#failures) return
    if (this.#changes !== this.#saved) return this.#saveIn(PAUSE)
    remember(this.#name, null)
    noteSaved(place, this.#stamp)
  }

  /** @param {string} stamp @param {number} changes @param {string} place */
  #told(stamp, changes, place) {
    this.#failures = 0
    if (place !== this.#box.place) return
    this.#stamp = stamp
    this.#saved = changes
    if (changes !== this.#changes) this.#keep(false)
  }

  /** @param {unknown} error */
  #failed(error) {
    this.#failures += 1
    this.#keep(false)
    if (!(error instanceof Unsaved)) this.#saveIn(pauseBefore(this.#failures))
  }
}

/** @param {unknown} kept @returns {Local | null} earlier versions of the page kept the text alone */
function localDraft(kept) {
  if (typeof kept === "string") return { text: kept, model: null, options: {}, base: null, handed: false }
  return kept && typeof kept === "object" && "text" in kept ? /** @type {Local} */ (kept) : null
}

const SAVED = "saved-draft"

/** A page that is on its way already may have been made before. @param {string} place @param {string | null} stamp */
function noteSaved(place, stamp) {
  remember(SAVED, { place, stamp })
}

/** Whether this browser had the server save something after the page was made. @param {string} here @param {string | null} stamp */
function isOlderThanSaved(here, stamp) {
  const { place, stamp: saved } = recall(SAVED, { place: "", stamp: "" })
  return place === here && Number(saved) > Number(stamp)
}

/** Whether the server has it, or something newer. @param {Local} local @param {Draft} shown
 *  @param {string | null} stamp */
function isSuperseded(local, shown, stamp) {
  if (!local.handed) return false
  return isSame(local, shown) || (local.base !== null && local.base !== stamp)
}

/** @param {Draft} one @param {Draft} other */
function isSame(one, other) {
  return one.text === other.text && String(filesOf(one)) === String(filesOf(other))
}

/** @param {Draft} draft */
const holdsSomething = (draft) => !!draft.text || filesOf(draft).length > 0

