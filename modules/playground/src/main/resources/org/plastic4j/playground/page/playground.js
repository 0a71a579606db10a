// What the pages of the playground share.
const playground = (() => {
  'use strict';

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  async function ask(path, body) {
    const response = await fetch(path, {
      method: 'POST',
      headers: {'Content-Type': 'application/json'},
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  }

  // Only the newest question counts: an older answer that comes late is left out.
  function newest(answered) {
    let number = 0;
    return async (path, body) => {
      const mine = ++number;
      const message = document.getElementById('message');
      try {
        const answer = await ask(path, body);
        if (mine !== number) return;
        message.textContent = '';
        answered(answer);
      } catch (e) {
        if (mine === number) message.textContent = e instanceof TypeError ? 'The program that served this page has ended.' : e.message;
      }
    };
  }

  // From blue for negative to white for zero to red for positive numbers, as in the reports.
  function signed(value) {
    const size = Math.min(1, Math.abs(value));
    const [r, g, b] = value < 0 ? [0x0b, 0x4a, 0x9e] : [0xb0, 0x1c, 0x2e];
    return [r, g, b].map(end => Math.round(0xf7 + (end - 0xf7) * size));
  }

  /** Paints numbers row by row, a pixel each. */
  function paint(canvas, columns, values, color) {
    const rows = values.length / columns;
    canvas.width = columns;
    canvas.height = rows;
    const context = canvas.getContext('2d');
    const image = context.createImageData(columns, rows);
    values.forEach((value, k) => image.data.set([...color(value, k), 255], 4 * k));
    context.putImageData(image, 0, 0);
  }

  const gray = value => {
    const level = Math.round(255 * (Math.max(-1, Math.min(1, value)) + 1) / 2);
    return [level, level, level];
  };

  /** Where a pointer is on a canvas, from 0 to 1. */
  function place(canvas, event) {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  /** Says in the page's footer where its networks come from. */
  async function origins(...names) {
    const networks = await (await fetch('/api/networks')).json();
    const list = document.getElementById('origins');
    for (const network of networks.filter(one => names.includes(one.name))) {
      const percent = network.measure === 'accuracy' ? `${(100 * network.heldOut).toFixed(1)}%` : network.heldOut.toPrecision(4);
      list.append(element('li', {textContent: `${network.name}: ${network.command} (seed ${network.seed}, version ${network.commit.slice(0, 12)}), `
        + `${network.lifetimes.toLocaleString('en-US')} lifetimes; ${network.measure.replace('_', ' ')} ${percent} on `
        + `${network.heldOutLifetimes.toLocaleString('en-US')} held-out lifetimes.`}));
    }
  }

  return {element, newest, signed, paint, gray, place, origins};
})();
