/** What a step prints: kept back until it is the step's turn, then shown as it comes. */
export class Output {
  #text = '';
  #isShown = false;

  get text() {
    return this.#text;
  }

  write(data) {
    this.#text += data;
    if (this.#isShown) process.stdout.write(data);
  }

  line(text) {
    this.write(`${text}\n`);
  }

  show() {
    this.#isShown = true;
    process.stdout.write(this.#text);
  }
}
