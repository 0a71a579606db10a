// Drawings of five classes, and one more.
(() => {
  'use strict';
  const {element, newest, signed, paint, place, origins} = playground;
  const NAMES = ['A', 'B', 'C', 'D', 'E'];
  const $ = id => document.getElementById(id);
  const pads = [];
  // The order in which the classes were drawn: the lifetime goes in it.
  let order = [];

  class Pad {
    constructor(name, holder) {
      this.name = name;
      this.strokes = [];
      this.pen = [0.5, 0.5];
      this.down = false;
      this.canvas = element('canvas', {className: 'paper', width: 220, height: 220, tabIndex: 0});
      this.canvas.setAttribute('role', 'img');
      const clear = element('button', {type: 'button', textContent: 'clear'});
      clear.setAttribute('aria-label', 'clear ' + name);
      clear.addEventListener('click', () => { this.clear(); changed(this); });
      holder.append(element('div', {className: 'pad'},
        element('div', {className: 'name'}, element('span', {textContent: name}), clear), this.canvas));
      this.canvas.addEventListener('pointerdown', event => this.begin(event));
      this.canvas.addEventListener('pointermove', event => this.move(event));
      for (const end of ['pointerup', 'pointercancel']) this.canvas.addEventListener(end, () => this.end());
      this.canvas.addEventListener('keydown', event => this.key(event));
      this.canvas.addEventListener('focus', () => this.show());
      this.canvas.addEventListener('blur', () => { if (this.down) this.end(); this.show(); });
      this.show();
    }

    begin(event) {
      event.preventDefault();
      this.canvas.focus();
      this.canvas.setPointerCapture(event.pointerId);
      this.drawing = true;
      this.strokes.push(place(this.canvas, event));
      this.show();
    }

    move(event) {
      if (!this.drawing) return;
      for (const one of event.getCoalescedEvents ? event.getCoalescedEvents() : [event]) this.to(place(this.canvas, one));
      this.show();
    }

    to([x, y]) {
      const stroke = this.strokes[this.strokes.length - 1];
      const from = stroke.slice(-2);
      if (Math.hypot(x - from[0], y - from[1]) > 0.01) stroke.push(x, y);
    }

    end() {
      if (!this.drawing && !this.down) return;
      this.drawing = false;
      this.down = false;
      changed(this);
    }

    key(event) {
      const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
      if (step) {
        this.pen = this.pen.map((value, k) => Math.max(0.05, Math.min(0.95, value + 0.05 * step[k])));
        if (this.down) this.to(this.pen);
      } else if (event.key === ' ' && this.down) {
        this.end();
      } else if (event.key === ' ') {
        this.down = true;
        this.strokes.push([...this.pen]);
      } else if (event.key === 'Backspace') {
        this.clear();
        changed(this);
      } else {
        return;
      }
      event.preventDefault();
      this.show();
    }

    clear() {
      this.strokes = [];
      this.down = false;
      this.show();
    }

    show() {
      const side = this.canvas.width;
      const context = this.canvas.getContext('2d');
      context.clearRect(0, 0, side, side);
      context.lineWidth = 9;
      context.lineCap = context.lineJoin = 'round';
      context.strokeStyle = '#111';
      for (const stroke of this.strokes) {
        context.beginPath();
        context.moveTo(stroke[0] * side, stroke[1] * side);
        for (let k = 0; k < stroke.length; k += 2) context.lineTo(stroke[k] * side, stroke[k + 1] * side);
        context.stroke();
      }
      if (document.activeElement === this.canvas && !this.drawing) {
        context.fillStyle = this.down ? '#b04a2f' : '#1f5fa8';
        context.beginPath();
        context.arc(this.pen[0] * side, this.pen[1] * side, 5, 0, 7);
        context.fill();
      }
      const count = this.strokes.length;
      this.canvas.setAttribute('aria-label', `${this.name}: ${count === 0 ? 'empty' : count === 1 ? 'one stroke' : count + ' strokes'}`);
    }
  }

  NAMES.forEach(name => pads.push(new Pad(name, $('pads'))));
  const query = new Pad('?', $('query'));
  NAMES.forEach(name => $('bars').append(element('li', {},
    element('span', {textContent: name}),
    Object.assign(element('meter', {min: 0, max: 1, value: 0}), {ariaLabel: 'probability of ' + name}),
    element('span', {className: 'percent', textContent: '–'}))));

  const send = newest(show);

  function changed(pad) {
    order = order.filter(one => one !== pad);
    if (pad !== query && pad.strokes.length > 0) order.push(pad);
    const lifetime = order.map(one => ({strokes: one.strokes, label: pads.indexOf(one)}));
    if (query.strokes.length > 0) lifetime.push({strokes: query.strokes});
    document.body.dataset.asked = 'waiting';
    send('/api/drawings', {lifetime});
  }

  function show({classes, features, steps}) {
    const asked = query.strokes.length > 0 ? steps.pop() : undefined;
    showTrace(steps.length > 0 ? steps[steps.length - 1].trace : new Array(classes * features).fill(0), classes, features);
    const bars = [...$('bars').children];
    const probabilities = asked ? asked.probabilities : [];
    const most = probabilities.indexOf(Math.max(...probabilities));
    bars.forEach((bar, k) => {
      bar.querySelector('meter').value = probabilities[k] || 0;
      bar.querySelector('.percent').textContent = asked ? `${(100 * probabilities[k]).toFixed(1)}%` : '–';
      bar.classList.toggle('most', k === most);
    });
    const missing = pads.filter(pad => pad.strokes.length === 0).length;
    $('answer').textContent = asked
      ? `It is ${NAMES[most]}, says the network${missing > 0 ? `, which was trained to see all five before` : ''}.`
      : missing === pads.length ? 'Draw the symbols first.'
      : missing > 0 ? `${missing} more to draw.` : 'Now draw one of them again.';
    document.body.dataset.asked = asked ? NAMES[most] : 'nothing';
  }

  function showTrace(trace, classes, features) {
    const largest = Math.max(...trace.map(Math.abs));
    const turned = [];
    for (let j = 0; j < classes; j++) for (let i = 0; i < features; i++) turned.push(trace[i * classes + j]);
    paint($('trace'), features, turned, value => signed(largest > 0 ? value / largest : 0));
    $('trace').style.aspectRatio = `${features} / ${2 * classes}`;
    const text = largest > 0
      ? `from −${largest.toPrecision(3)} in blue over 0 in white to ${largest.toPrecision(3)} in red; rows A to E`
      : 'zero everywhere';
    $('range').textContent = text;
    $('trace').setAttribute('aria-label', 'the Hebbian trace: ' + text);
  }

  $('forget').addEventListener('click', () => {
    [...pads, query].forEach(pad => pad.clear());
    order = [];
    changed(query);
  });

  // Symbols with a shaking hand, for those who do not draw.
  const SYMBOLS = [
    [[0.2, 0.2, 0.8, 0.2, 0.8, 0.8, 0.2, 0.8, 0.2, 0.2]],
    [[0.2, 0.2, 0.8, 0.8], [0.8, 0.2, 0.2, 0.8]],
    [[0.5, 0.15, 0.85, 0.8, 0.15, 0.8, 0.5, 0.15]],
    [[0.5, 0.15, 0.5, 0.85], [0.2, 0.35, 0.8, 0.35]],
    [[0.2, 0.3, 0.35, 0.7, 0.5, 0.3, 0.65, 0.7, 0.8, 0.3]],
    [[0.25, 0.15, 0.25, 0.85], [0.25, 0.15, 0.75, 0.3, 0.7, 0.5, 0.25, 0.5]],
    [[0.8, 0.2, 0.3, 0.2, 0.2, 0.5, 0.5, 0.55, 0.8, 0.6, 0.7, 0.85, 0.2, 0.8]],
  ];
  const shaken = stroke => stroke.map(value => value + (Math.random() - 0.5) * 0.08);

  $('examples').addEventListener('click', () => {
    const chosen = [...SYMBOLS].sort(() => Math.random() - 0.5).slice(0, pads.length);
    query.clear();
    order = [];
    pads.forEach((pad, k) => {
      pad.strokes = chosen[k].map(shaken);
      pad.show();
      order.push(pad);
    });
    changed(query);
  });

  origins('drawings');
  changed(query);
})();
