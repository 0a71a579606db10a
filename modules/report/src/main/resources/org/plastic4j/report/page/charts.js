// Draws charts with uPlot, and reads out their values where the pointer is, or else at their end. A page that is a file holds
// their data; a page that is served calls charts.draw again as they grow.
const charts = (() => {
  'use strict';
  const drawn = new Map();

  const color = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();

  const digits = (value, count) => {
    if (value === 0) return '0';
    const size = Math.abs(value);
    return size >= 1e6 || size < 1e-4
      ? value.toExponential(count - 1)
      : String(Number(value.toPrecision(count))).replace(/^-/, '−');
  };

  const text = (spec, value, count) => {
    if (value == null) return '–';
    return spec.fraction ? digits(100 * value, count) + '%' : digits(value, count);
  };

  const lifetimes = value => value == null ? '–' : Number(value).toLocaleString('en-US');

  function axis(format, label) {
    return {
      stroke: () => color('quiet'),
      grid: {stroke: () => color('rule'), width: 1},
      ticks: {stroke: () => color('rule'), width: 1, size: 4},
      font: '12px system-ui, sans-serif',
      labelFont: '12px system-ui, sans-serif',
      values: (u, splits) => splits.map(format),
      label,
      labelSize: 18,
    };
  }

  function series(state, line, k) {
    return {
      label: line.label,
      stroke: () => color(line.color),
      width: line.width,
      dash: line.dashed ? [7, 5] : undefined,
      points: {show: () => state.spec.lines[k].values.filter(value => value != null).length === 1},
      spanGaps: true,
      value: (u, value, s, i) => i == null ? '–' : text(state.spec, known(state.spec.lines[k].values, i), 4),
    };
  }

  // Means end half a window before the last row, where the last of them is read out.
  const known = (values, i) => {
    for (let k = i; k >= 0; k--) if (values[k] != null) return values[k];
    return null;
  };

  function range(spec) {
    const values = spec.lines.flatMap(line => line.values).filter(value => value != null);
    const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
    const low = values.reduce((a, b) => Math.min(a, b), Infinity);
    if (spec.floor > 0) return [spec.floor, Math.max(high, spec.floor) * 1.25];
    if (low > high) return [0, 1];
    const room = (high - low || Math.abs(high) || 1) * 0.06;
    return [low >= 0 && low < high / 2 ? 0 : low - room, high + room];
  }

  const height = width => Math.round(Math.max(220, Math.min(380, width * 0.42)));

  const data = spec => [spec.x, ...spec.lines.map(line => spec.floor > 0
    ? line.values.map(value => value == null ? null : Math.max(value, spec.floor))
    : line.values)];

  // What can change without a new plot: the values, and nothing else.
  const shape = (spec, logX) => JSON.stringify([logX, spec.floor > 0, spec.fraction, spec.bands,
    spec.lines.map(({label, color, width, dashed, listed}) => [label, color, width, dashed, listed])]);

  function create(figure, spec, logX) {
    const place = figure.querySelector('.plot');
    const state = {spec, place, shape: shape(spec, logX)};
    const atEnd = u => { if (u.cursor.idx == null) u.setLegend({idx: state.spec.x.length - 1}); };
    const width = place.clientWidth;
    state.plot = new uPlot({
      width,
      height: height(width),
      // The last tick's label is as wide on its right as on its left.
      padding: [8, 30, 0, 0],
      scales: {
        x: logX
          ? {time: false, distr: 3}
          : {time: false, range: (u, low, high) => [Math.min(0, low), high > low ? high : low + 1]},
        y: {distr: spec.floor > 0 ? 3 : 1, range: () => range(state.spec)},
      },
      axes: [
        {...axis(lifetimes, 'lifetimes'), size: 28},
        {...axis(value => value == null ? '' : text(state.spec, value, 3)), size: 58, space: 20},
      ],
      series: [
        {label: 'lifetimes', value: (u, value) => lifetimes(value)},
        ...spec.lines.map((line, k) => series(state, line, k)),
      ],
      bands: spec.bands.map(([upper, lower]) => ({
        series: [upper + 1, lower + 1],
        fill: () => color(spec.lines[upper].color) + '22',
      })),
      cursor: {y: false, points: {size: 7}},
      hooks: {ready: [atEnd], setCursor: [atEnd], setSize: [atEnd], setData: [atEnd]},
    }, data(spec), place);
    place.querySelectorAll('.u-legend .u-series').forEach((row, i) => {
      if (i > 0 && !spec.lines[i - 1].listed) row.style.display = 'none';
    });
    byKeyboard(figure, state);
    figure.dataset.drawn = 'yes';
    drawn.set(figure, state);
  }

  // Where the pointer has chosen a part of the axis, that part stays.
  const isZoomed = plot => {
    const x = plot.data[0];
    return plot.scales.x.min > x[0] || plot.scales.x.max < x[x.length - 1];
  };

  /** Draws a chart into its figure, or its newer data where it is drawn already. */
  function draw(figure, spec, logX = false) {
    const state = drawn.get(figure);
    if (state && state.shape === shape(spec, logX)) {
      state.spec = spec;
      state.plot.setData(data(spec), !isZoomed(state.plot));
      return;
    }
    remove(figure);
    create(figure, spec, logX);
  }

  /** Takes a chart's plot away. */
  function remove(figure) {
    const state = drawn.get(figure);
    if (state) {
      state.plot.destroy();
      drawn.delete(figure);
    }
  }

  // The arrow keys move the cursor, for those who have no pointer.
  function byKeyboard(figure, state) {
    let at = state.spec.x.length - 1;
    figure.tabIndex = 0;
    figure.onkeydown = event => {
      const x = state.spec.x;
      const step = {ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -x.length, End: x.length}[event.key];
      if (!step) return;
      event.preventDefault();
      at = Math.max(0, Math.min(x.length - 1, at + step));
      state.plot.setCursor({left: state.plot.valToPos(x[at], 'x'), top: 10});
    };
  }

  document.querySelectorAll('figure.chart').forEach(figure => {
    const spec = figure.querySelector('script[type="application/json"]');
    if (spec) draw(figure, JSON.parse(spec.textContent));
  });
  new ResizeObserver(() => drawn.forEach(({plot, place}) => {
    const width = place.clientWidth;
    if (width > 0 && width !== plot.width) plot.setSize({width, height: height(width)});
  })).observe(document.body);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawn.forEach(({plot}) => plot.redraw(false)));
  return {draw, remove, text, lifetimes};
})();
