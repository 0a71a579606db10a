// Draws the page's curves with uPlot, and reads out their values where the pointer is, or else at their end.
(() => {
  'use strict';
  const drawn = [];

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

  function series(spec, line) {
    return {
      label: line.label,
      stroke: () => color(line.color),
      width: line.width,
      dash: line.dashed ? [7, 5] : undefined,
      points: {show: line.values.filter(value => value != null).length === 1},
      spanGaps: true,
      value: (u, value, s, i) => i == null ? '–' : text(spec, known(line.values, i), 4),
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
    const room = (high - low || Math.abs(high) || 1) * 0.06;
    return [low >= 0 && low < high / 2 ? 0 : low - room, high + room];
  }

  const height = width => Math.round(Math.max(220, Math.min(380, width * 0.42)));

  function draw(figure) {
    const spec = JSON.parse(figure.querySelector('script').textContent);
    const place = figure.querySelector('.plot');
    const last = spec.x.length - 1;
    const raised = line => spec.floor > 0
      ? line.values.map(value => value == null ? null : Math.max(value, spec.floor))
      : line.values;
    const limits = range(spec);
    const atEnd = u => { if (u.cursor.idx == null) u.setLegend({idx: last}); };
    const width = place.clientWidth;
    const plot = new uPlot({
      width,
      height: height(width),
      // The last tick's label is as wide on its right as on its left.
      padding: [8, 30, 0, 0],
      scales: {
        x: {time: false, range: (u, low, high) => [Math.min(0, low), high > low ? high : low + 1]},
        y: {distr: spec.floor > 0 ? 3 : 1, range: limits},
      },
      axes: [
        {...axis(lifetimes, 'lifetimes'), size: 28},
        {...axis(value => value == null ? '' : text(spec, value, 3)), size: 58, space: 20},
      ],
      series: [
        {label: 'lifetimes', value: (u, value) => lifetimes(value)},
        ...spec.lines.map(line => series(spec, line)),
      ],
      bands: spec.bands.map(([upper, lower]) => ({
        series: [upper + 1, lower + 1],
        fill: () => color(spec.lines[upper].color) + '22',
      })),
      cursor: {y: false, points: {size: 7}},
      hooks: {ready: [atEnd], setCursor: [atEnd], setSize: [atEnd]},
    }, [spec.x, ...spec.lines.map(raised)], place);
    place.querySelectorAll('.u-legend .u-series').forEach((row, i) => {
      if (i > 0 && !spec.lines[i - 1].listed) row.style.display = 'none';
    });
    byKeyboard(figure, plot, spec.x);
    figure.dataset.drawn = 'yes';
    drawn.push({plot, place});
  }

  // The arrow keys move the cursor, for those who have no pointer.
  function byKeyboard(figure, plot, x) {
    let at = x.length - 1;
    figure.tabIndex = 0;
    figure.addEventListener('keydown', event => {
      const step = {ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -x.length, End: x.length}[event.key];
      if (!step) return;
      event.preventDefault();
      at = Math.max(0, Math.min(x.length - 1, at + step));
      plot.setCursor({left: plot.valToPos(x[at], 'x'), top: 10});
    });
  }

  document.querySelectorAll('figure.chart').forEach(draw);
  new ResizeObserver(() => drawn.forEach(({plot, place}) => {
    const width = place.clientWidth;
    if (width > 0 && width !== plot.width) plot.setSize({width, height: height(width)});
  })).observe(document.body);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawn.forEach(({plot}) => plot.redraw(false)));
})();
