// Asks the server what has changed, and shows it.
(() => {
  'use strict';
  // Milliseconds between two looks: a hundred times what the last one took, so that looking takes a hundredth of the time, but
  // never so long that a new row is shown later than two seconds after it was written.
  const SHORTEST = 1000;
  const LONGEST = 1700;
  const SHARE = 100;
  const $ = id => document.getElementById(id);
  const rows = new Map();
  const figures = new Map();
  const hidden = new Set();
  let listVersion = 0;
  let chartVersion = 0;
  let drawnChoice = '';
  let experiment = '';

  function element(name, properties = {}, ...children) {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  }

  const set = (cell, text) => { if (cell.textContent !== text) cell.textContent = text; };
  const number = value => Number(value).toLocaleString('en-US');

  async function ask(path, parameters) {
    const response = await fetch(path + '?' + new URLSearchParams(parameters));
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  }

  // --- The table.
  const WORDS = {running: 'running', finished: 'finished', interrupted: 'interrupted', died: 'died'};

  function makeRow(run) {
    const box = element('input', {type: 'checkbox', checked: !hidden.has(run.id)});
    box.setAttribute('aria-label', 'show ' + run.name);
    box.addEventListener('change', () => {
      if (box.checked) hidden.delete(run.id); else hidden.add(run.id);
      tick();
    });
    const swatch = element('i', {className: 'swatch'});
    const name = element('span');
    const problem = element('span', {className: 'problem'});
    const bar = element('progress');
    bar.setAttribute('aria-label', 'part of the lifetimes of ' + run.name);
    const state = element('span');
    const lifetimes = element('span');
    const cells = {swatch, name, problem, bar, state, lifetimes, box};
    for (const key of ['seed', 'value', 'time', 'left']) cells[key] = element('td');
    cells.row = element('tr', {},
      element('td', {}, box),
      element('th', {scope: 'row'}, swatch, name, problem),
      cells.seed,
      element('td', {}, state),
      element('td', {}, lifetimes, bar),
      cells.left, cells.value, cells.time);
    return cells;
  }

  function fill(cells, run) {
    cells.swatch.style.background = `var(--${run.color})`;
    cells.row.title = run.label;
    if (run.report && !cells.name.querySelector('a')) {
      cells.name.replaceChildren(element('a', {href: `/runs/${run.id}/report.html`, textContent: run.name}));
    } else if (!run.report) {
      set(cells.name, run.name);
    }
    set(cells.problem, run.problem);
    set(cells.seed, run.seed);
    cells.state.className = 'state ' + run.state;
    set(cells.state, WORDS[run.state]);
    set(cells.lifetimes, number(run.lifetimes) + (run.maxLifetimes ? ' of ' + number(run.maxLifetimes) : ''));
    cells.bar.max = run.maxLifetimes || 1;
    cells.bar.value = run.lifetimes;
    cells.bar.hidden = run.state !== 'running' || !run.maxLifetimes;
    set(cells.value, run.value);
    set(cells.time, run.time);
    set(cells.left, run.left);
  }

  function showRuns(list) {
    const body = $('runs').tBodies[0];
    const ids = new Set(list.runs.map(run => run.id));
    for (const [id, cells] of rows) {
      if (!ids.has(id)) {
        cells.row.remove();
        rows.delete(id);
      }
    }
    list.runs.forEach((run, place) => {
      if (!rows.has(run.id)) rows.set(run.id, makeRow(run));
      const cells = rows.get(run.id);
      fill(cells, run);
      if (body.rows[place] !== cells.row) body.insertBefore(cells.row, body.rows[place] || null);
    });
    set($('value'), list.value);
  }

  function showExperiments(list) {
    const select = $('experiment');
    const wanted = Object.entries(list.experiments).map(([name, count]) => `${name} (${count})`).join();
    if (select.dataset.options !== wanted) {
      select.dataset.options = wanted;
      select.replaceChildren(...Object.entries(list.experiments)
        .map(([name, count]) => element('option', {value: name, textContent: `${name} (${count})`})));
    }
    select.value = list.experiment;
  }

  function showLead(list) {
    const counts = {};
    list.runs.forEach(run => { counts[run.state] = (counts[run.state] || 0) + 1; });
    const parts = Object.keys(WORDS).filter(state => counts[state]).map(state => `${counts[state]} ${WORDS[state]}`);
    const folders = list.folders.join(', ');
    set($('title'), list.experiment || 'Runs');
    document.title = (counts.running ? `${counts.running} running · ` : '') + (list.experiment || 'Runs');
    set($('lead'), parts.length ? `${parts.join(', ')} in ${folders}.` : `No runs in ${folders} yet.`);
  }

  function showDifferences({names, rows: settings, groups}) {
    $('settings').hidden = settings.length === 0;
    const table = $('settings').querySelector('table');
    const text = JSON.stringify([names, settings]);
    if (table.dataset.text !== text) {
      table.dataset.text = text;
      const head = [...['setting', ...names].map(name => element('th', {scope: 'col', textContent: name}))];
      table.tHead.replaceChildren(element('tr', {}, ...head));
      table.tBodies[0].replaceChildren(...settings.map(([path, ...values]) => element('tr', {},
        element('th', {scope: 'row', textContent: path}),
        ...values.map(value => element('td', {textContent: value})))));
    }
    $('more').hidden = groups <= names.length;
    set($('more'), `The first ${names.length} of ${groups} configurations.`);
  }

  // --- The charts.
  function chosen() {
    const parameters = {seeds: $('seeds').value, y: $('y').value, x: $('x').value};
    if ($('smoothing').value) parameters.smoothing = $('smoothing').value;
    if (experiment) parameters.experiment = experiment;
    if (hidden.size) parameters.hide = [...hidden].join();
    return parameters;
  }

  function showCharts(shown) {
    const columns = new Set(shown.map(chart => chart.column));
    for (const [column, figure] of figures) {
      if (!columns.has(column)) {
        charts.remove(figure);
        figure.remove();
        figures.delete(column);
      }
    }
    for (const {column, caption, logX, spec} of shown) {
      let figure = figures.get(column);
      if (!figure) {
        const plot = element('div', {className: 'plot'});
        plot.setAttribute('role', 'img');
        figure = element('figure', {className: 'chart'}, element('figcaption'), plot);
        figure.dataset.column = column;
        figures.set(column, figure);
        $('charts').append(figure);
      }
      set(figure.querySelector('figcaption'), caption);
      figure.querySelector('.plot').setAttribute('aria-label', caption);
      charts.draw(figure, spec, logX);
      figure.dataset.last = spec.x[spec.x.length - 1];
    }
  }

  // --- The clock.
  let asking = false;
  let again = false;

  async function tick() {
    if (asking) {
      again = true;
      return;
    }
    asking = true;
    try {
      const wanted = experiment;
      const list = await ask('/api/runs', {since: listVersion, ...(experiment ? {experiment} : {})});
      if (list.runs && wanted === experiment) {
        listVersion = list.version;
        experiment = list.experiment;
        showExperiments(list);
        showRuns(list);
        showLead(list);
        showDifferences(list.differences);
      }
      // A choice that is made while an answer is on its way is asked for the next time.
      const choice = JSON.stringify(chosen());
      const answer = await ask('/api/charts', {since: choice === drawnChoice ? chartVersion : 0, ...chosen()});
      if (answer.charts) {
        chartVersion = answer.version;
        drawnChoice = choice;
        showCharts(answer.charts);
      }
      document.body.classList.remove('lost');
    } catch (e) {
      if (!document.body.classList.contains('lost')) {
        document.body.classList.add('lost');
        listVersion = 0;
        drawnChoice = '';
        set($('lead'), 'The program that served this page has ended; what it showed last stays.');
      }
    } finally {
      asking = false;
      if (again) {
        again = false;
        tick();
      }
    }
  }

  $('controls').addEventListener('submit', event => event.preventDefault());
  for (const id of ['smoothing', 'y', 'x', 'seeds']) {
    $(id).addEventListener('change', tick);
  }
  $('experiment').addEventListener('change', () => {
    experiment = $('experiment').value;
    listVersion = 0;
    tick();
  });
  async function look() {
    const begin = performance.now();
    if (!document.hidden) await tick();
    const took = performance.now() - begin;
    setTimeout(look, Math.min(LONGEST, Math.max(SHORTEST, SHARE * took)));
  }
  document.addEventListener('visibilitychange', () => { if (!document.hidden) tick(); });
  look();
})();
