// Three pictures, and a half of one.
(() => {
  'use strict';
  const {element, newest, paint, gray, place, origins} = playground;
  const SIDE = 16;
  const HIDDEN = [0xa9, 0xb8, 0xcc];
  const $ = id => document.getElementById(id);
  const pads = [];
  let answer;

  const distance = (x, y) => Math.hypot(x - 7.5, y - 7.5);
  // What pictures consist of: a gray level from -1 to 1 for each pixel.
  const PRESETS = {
    sun: (x, y) => Math.hypot(x - 4, y - 4) < 3.6 ? 1 : y > 10 ? -0.9 : -0.2,
    house: (x, y) => y < 7 && Math.abs(x - 7.5) < y + 0.6 ? 0.9 : y >= 7 && x > 2 && x < 13 ? (x > 6 && x < 10 && y > 9 ? -1 : 0.4) : -0.7,
    rings: (x, y) => distance(x, y) < 2.5 ? 1 : distance(x, y) < 5 ? -0.8 : distance(x, y) < 7.5 ? 0.7 : -0.6,
    face: (x, y) => distance(x, y) > 7.4 ? -0.8 : (Math.hypot(x - 5, y - 5.5) < 1.3 || Math.hypot(x - 10, y - 5.5) < 1.3
      || Math.abs(distance(x, y) - 4.4) < 0.8 && y > 9) ? -1 : 0.9,
    stripes: x => Math.floor(x / 4) % 2 ? 0.9 : -0.9,
    hill: (x, y) => y > 8 + 4 * Math.sin(x / 2.6) ? -0.9 : 0.6,
    letter: (x, y) => x > 2 && x < 6 || y > 10 && y < 14 && x > 2 && x < 13 ? 1 : -0.6,
    empty: () => -1,
  };

  class Pad {
    constructor(number, preset) {
      this.name = `picture ${number}`;
      this.pixels = [];
      this.mark = [0, 0];
      this.canvas = element('canvas', {className: 'paper', tabIndex: 0});
      this.canvas.setAttribute('role', 'img');
      this.select = element('select', {}, ...Object.keys(PRESETS).map(name => element('option', {value: name, textContent: name})));
      this.select.setAttribute('aria-label', `begin ${this.name} with`);
      this.select.addEventListener('change', () => this.fill(this.select.value));
      $('pads').append(element('div', {className: 'pad'},
        element('div', {className: 'name'}, element('span', {textContent: this.name})), this.canvas, this.select));
      this.canvas.addEventListener('pointerdown', event => this.begin(event));
      this.canvas.addEventListener('pointermove', event => { if (this.color !== undefined) this.dot(event); });
      for (const end of ['pointerup', 'pointercancel']) this.canvas.addEventListener(end, () => { this.color = undefined; });
      this.canvas.addEventListener('keydown', event => this.key(event));
      for (const name of ['focus', 'blur']) this.canvas.addEventListener(name, () => this.show());
      this.fill(preset);
    }

    fill(preset) {
      this.select.value = preset;
      for (let k = 0; k < SIDE * SIDE; k++) this.pixels[k] = PRESETS[preset](k % SIDE, Math.floor(k / SIDE));
      this.show();
      forget();
    }

    at(event) {
      return place(this.canvas, event).map(value => Math.max(0, Math.min(SIDE - 1, Math.floor(value * SIDE))));
    }

    begin(event) {
      event.preventDefault();
      this.canvas.focus();
      this.canvas.setPointerCapture(event.pointerId);
      const [x, y] = this.at(event);
      this.color = this.pixels[y * SIDE + x] > 0 ? -1 : 1;
      this.dot(event);
    }

    dot(event) {
      this.mark = this.at(event);
      this.set(this.color);
    }

    set(color) {
      this.pixels[this.mark[1] * SIDE + this.mark[0]] = color;
      this.show();
      forget();
    }

    key(event) {
      const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
      if (step) {
        this.mark = this.mark.map((value, k) => Math.max(0, Math.min(SIDE - 1, value + step[k])));
        this.show();
      } else if (event.key === ' ') {
        this.set(this.pixels[this.mark[1] * SIDE + this.mark[0]] > 0 ? -1 : 1);
      } else {
        return;
      }
      event.preventDefault();
    }

    show() {
      const marked = document.activeElement === this.canvas && this.color === undefined ? this.mark[1] * SIDE + this.mark[0] : -1;
      paint(this.canvas, SIDE, this.pixels, (value, k) => k === marked ? [0xc4, 0x57, 0x2b] : gray(value));
      this.canvas.setAttribute('aria-label', `${this.name}, row ${this.mark[1] + 1}, column ${this.mark[0] + 1}`);
    }
  }

  function forget() {
    answer = undefined;
    document.body.dataset.completed = '';
    if (pads.length === 3) showHalf();
  }

  const isHidden = k => (k < SIDE * SIDE / 2) === ($('hidden').value === 'upper');

  function showHalf() {
    const pixels = pads[$('asked').value].pixels;
    paint($('half'), SIDE, pixels, (value, k) => isHidden(k) ? HIDDEN : gray(value));
    paint($('whole'), SIDE, pixels, gray);
    paint($('completed'), SIDE, pixels, (value, k) => isHidden(k) ? HIDDEN : gray(value));
    $('slider').max = $('slider').value = 0;
    $('answer').textContent = '';
    $('step').textContent = 'what its neurons give';
  }

  function showStep() {
    if (!answer) return;
    const step = Number($('slider').value);
    if (step === 0) {
      paint($('completed'), SIDE, answer.whole, (value, k) => isHidden(k) ? HIDDEN : gray(value));
    } else {
      paint($('completed'), SIDE, answer.steps[step - 1], gray);
    }
    $('step').textContent = `what its neurons give, step ${step} of ${answer.steps.length}`;
  }

  const send = newest(made => {
    answer = made;
    paint($('half'), SIDE, made.whole, (value, k) => isHidden(k) ? HIDDEN : gray(value));
    paint($('whole'), SIDE, made.whole, gray);
    $('slider').max = made.steps.length;
    const part = Math.round(100 * (1 - made.error / made.gray));
    $('answer').textContent = part > 0
      ? `Its squared error is ${part}% less than that of a constant gray in the hidden half.`
      : 'It is no better than a constant gray in the hidden half: these pictures are too much alike, or unlike those it was trained on.';
    document.body.dataset.completed = part;
    play();
  });

  let timer;
  function play() {
    clearInterval(timer);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    $('slider').value = still ? $('slider').max : 0;
    showStep();
    if (!still) {
      timer = setInterval(() => {
        $('slider').value = Number($('slider').value) + 1;
        showStep();
        if ($('slider').value === $('slider').max) clearInterval(timer);
      }, 500);
    }
  }

  ['house', 'face', 'hill'].forEach((preset, k) => pads.push(new Pad(k + 1, preset)));
  $('go').addEventListener('click', () => send('/api/pictures', {
    pictures: pads.map(pad => pad.pixels), asked: Number($('asked').value), hidden: $('hidden').value,
  }));
  for (const id of ['asked', 'hidden']) $(id).addEventListener('change', forget);
  $('slider').addEventListener('input', () => { clearInterval(timer); showStep(); });
  forget();
  origins('pictures');
})();
