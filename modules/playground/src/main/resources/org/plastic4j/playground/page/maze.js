// Agents in the same maze.
(() => {
  'use strict';
  const {element, newest, place, origins} = playground;
  const CELL = 24;
  const $ = id => document.getElementById(id);
  const views = new Map();
  let answer;
  let seed = 1;
  let moves = [];
  let step = 0;
  let mark = [1, 1];
  let timer;

  const send = newest(made => {
    answer = made;
    $('slider').max = made.steps;
    made.agents.forEach(agent => { if (!views.has(agent.name)) views.set(agent.name, makeView(agent.name)); });
    show();
  });

  const ask = () => send('/api/maze', {seed, moves});

  function makeView(name) {
    const canvas = element('canvas', {width: answer.size * CELL, height: answer.size * CELL, tabIndex: 0});
    canvas.setAttribute('role', 'img');
    canvas.style.aspectRatio = '1';
    canvas.addEventListener('click', event => {
      const [x, y] = place(canvas, event);
      move(Math.floor(y * answer.size), Math.floor(x * answer.size));
    });
    canvas.addEventListener('keydown', key);
    for (const event of ['focus', 'blur']) canvas.addEventListener(event, show);
    const count = element('figcaption');
    $('agents').append(element('figure', {}, element('h3', {textContent: name}), canvas, count));
    return {canvas, count};
  }

  function key(event) {
    const by = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]}[event.key];
    if (by) {
      mark = mark.map((value, k) => Math.max(0, Math.min(answer.size - 1, value + by[k])));
      show();
    } else if (event.key === 'Enter') {
      move(...mark);
    } else {
      return;
    }
    event.preventDefault();
  }

  const isWall = (row, column) => answer.walls[row * answer.size + column] !== '.';

  function move(row, column) {
    if (!answer || isWall(row, column)) return;
    // What was to come is no more.
    moves = moves.filter(one => one.step < step);
    moves.push({step, row, column});
    mark = [row, column];
    ask();
  }

  function show() {
    if (!answer) return;
    $('slider').value = step;
    $('step').textContent = `${step} of ${answer.steps}`;
    for (const {name, path, rewards, found} of answer.agents) {
      const {canvas, count} = views.get(name);
      const context = canvas.getContext('2d');
      const visits = new Map();
      for (let k = 0; k <= step; k++) {
        const cell = path[2 * k] * answer.size + path[2 * k + 1];
        visits.set(cell, (visits.get(cell) || 0) + 1);
      }
      for (let row = 0; row < answer.size; row++) {
        for (let column = 0; column < answer.size; column++) {
          const often = visits.get(row * answer.size + column) || 0;
          const level = Math.round(255 - 110 * often / (often + 3));
          context.fillStyle = isWall(row, column) ? '#30363d' : `rgb(${level} ${level} ${level})`;
          context.fillRect(column * CELL, row * CELL, CELL, CELL);
        }
      }
      disc(context, rewards[2 * step], rewards[2 * step + 1], '#e36209', 0.42);
      disc(context, path[2 * step], path[2 * step + 1], '#1f6feb', 0.3);
      if (document.activeElement === canvas) {
        context.strokeStyle = '#b04a2f';
        context.lineWidth = 3;
        context.strokeRect(mark[1] * CELL + 2, mark[0] * CELL + 2, CELL - 4, CELL - 4);
      }
      const text = `found the reward ${found[step] === 1 ? 'once' : found[step] + ' times'}`;
      count.textContent = text;
      canvas.dataset.reward = `${rewards[2 * step]},${rewards[2 * step + 1]}`;
      canvas.setAttribute('aria-label', `${name}: ${text}; the agent is in row ${path[2 * step]}, column ${path[2 * step + 1]}, `
        + `the reward in row ${rewards[2 * step]}, column ${rewards[2 * step + 1]}; the mark in row ${mark[0]}, column ${mark[1]}`);
    }
  }

  function disc(context, row, column, color, radius) {
    context.fillStyle = color;
    context.beginPath();
    context.arc((column + 0.5) * CELL, (row + 0.5) * CELL, radius * CELL, 0, 7);
    context.fill();
  }

  function play(on) {
    clearInterval(timer);
    timer = undefined;
    if (on) {
      timer = setInterval(() => {
        if (step >= answer.steps) {
          play(false);
        } else {
          step++;
          show();
        }
      }, Number($('speed').value));
    }
    $('play').textContent = on ? 'Pause' : 'Play';
  }

  $('play').addEventListener('click', () => {
    if (answer && step >= answer.steps) step = 0;
    play(timer === undefined && answer !== undefined);
  });
  $('one').addEventListener('click', () => {
    play(false);
    step = Math.min(step + 1, answer ? answer.steps : 0);
    show();
  });
  $('again').addEventListener('click', () => {
    play(false);
    seed++;
    moves = [];
    step = 0;
    ask();
  });
  $('speed').addEventListener('change', () => { if (timer !== undefined) play(true); });
  $('slider').addEventListener('input', () => {
    play(false);
    step = Number($('slider').value);
    show();
  });
  ask();
  origins('maze-non-plastic', 'maze-plastic', 'maze-modulated');
})();
