(() => {
  'use strict';
  const specs = JSON.parse(document.getElementById('charts').textContent);
  const style = () => getComputedStyle(document.documentElement);
  const color = (name) => style().getPropertyValue('--' + name).trim();
  const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
  const long = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 });
  const units = {
    count: [short.format, long.format],
    number: [long.format, long.format],
    fraction: [(v) => `${+(100 * v).toFixed(1)} %`, (v) => `${(100 * v).toFixed(2)} %`],
    bytes: [(v) => `${short.format(v)}B`, (v) => `${long.format(v)} bytes`],
    millis: [(v) => `${long.format(v)} ms`, (v) => `${long.format(v)} ms`],
  };
  const value = (v) => (v === 'gap' ? null : v);

  // a colour between the five of the scale
  const rank = (part) => {
    const at = part * 4;
    const low = Math.min(3, Math.floor(at));
    const channel = (name, i) => parseInt(color(name).slice(1 + 2 * i, 3 + 2 * i), 16);
    const mixed = [0, 1, 2].map((i) => {
      const from = channel(`rank-${low}`, i);
      return Math.round(from + (at - low) * (channel(`rank-${low + 1}`, i) - from));
    });
    return `rgb(${mixed.join(',')})`;
  };

  const colorOf = (series, i, all) => {
    switch (series.role) {
      case 'before': return color('past');
      case 'after': case 'front': return color('accent');
      case 'bound': return color('soft');
      case 'rank': return rank(all.length < 2 ? 0 : i / (all.length - 1));
      default: return color(`kind-${i % 4}`);
    }
  };

  const axis = (spec, more) => ({
    title: { display: spec.title !== '', text: spec.title, color: color('soft') },
    grid: { color: color('grid') },
    border: { color: color('line') },
    ticks: { color: color('soft'), callback: (v) => units[spec.unit][0](v), maxRotation: 0 },
    ...more,
  });

  const bars = (spec) => {
    const lying = spec.kind === 'bars';
    const names = {
      grid: { display: false },
      border: { color: color('line') },
      ticks: lying
        ? { color: color('ink'), autoSkip: false, callback: (i) => shortened(spec.labels[i]) }
        : { color: color('soft'), maxTicksLimit: 5, maxRotation: 0 },
    };
    const values = axis(lying ? spec.x : spec.y, { beginAtZero: true });
    if (!lying) {
      values.ticks.maxTicksLimit = 4;
      values.ticks.precision = 0;
    }
    return {
      type: 'bar',
      data: {
        labels: spec.labels,
        datasets: spec.series.map((one, i) => ({
          label: one.name,
          data: one.points.map((point) => value(point[0])),
          notes: one.points.map((point) => point[2]),
          backgroundColor: colorOf(one, i, spec.series),
          grouped: false,
          order: spec.series.length - i,
          barPercentage: lying ? 0.7 : 1,
          categoryPercentage: lying ? 1 : 0.95,
          borderRadius: lying ? 2 : 0,
        })),
      },
      options: { indexAxis: lying ? 'y' : 'x', scales: lying ? { x: values, y: names } : { x: names, y: values } },
    };
  };

  const shortened = (text) => (text.length <= 24 ? text : `${text.slice(0, 11)}…${text.slice(-12)}`);

  const lines = (spec) => ({
    type: 'scatter',
    data: {
      datasets: spec.series.map((one, i) => {
        const own = colorOf(one, i, spec.series);
        const joined = spec.kind === 'lines' || one.role === 'front' || one.role === 'bound';
        return {
          label: one.name,
          data: one.points.map((point) => ({ x: value(point[0]), y: value(point[1]) })),
          notes: one.points.map((point) => point[2]),
          showLine: joined,
          borderColor: own,
          backgroundColor: own,
          borderWidth: 2,
          borderDash: one.role === 'bound' ? [6, 4] : [],
          pointRadius: one.role === 'bound' ? 0 : spec.kind === 'lines' ? 2.5 : 5,
          pointHoverRadius: 7,
        };
      }),
    },
    options: {
      scales: {
        x: axis(spec.x, spec.x.title === 'epoch' ? { ticks: { precision: 0, color: color('soft'), maxRotation: 0 } } : {}),
        y: axis(spec.y, {}),
      },
    },
  });

  const note = (spec, item) => {
    const unit = units[(spec.kind === 'bars' ? spec.x : spec.y).unit][1];
    const lying = spec.kind === 'bars';
    const flat = lying || spec.kind === 'columns';
    const shown = flat ? item.raw : item.raw.y;
    const extra = item.dataset.notes[item.dataIndex];
    const at = flat ? '' : ` at ${units[spec.x.unit][1](item.raw.x)}`;
    return `${item.dataset.label}: ${unit(shown)}${at}${extra ? `, ${extra}` : ''}`;
  };

  const drawn = [];
  const draw = (canvas) => {
    const spec = specs[Number(canvas.dataset.chart)];
    const config = spec.kind === 'bars' || spec.kind === 'columns' ? bars(spec) : lines(spec);
    const flat = config.type === 'bar';
    if (spec.kind === 'bars') {
      canvas.parentElement.style.height = `${Math.max(6, 1.25 * spec.labels.length + 4.5)}rem`;
    }
    Object.assign(config.options, {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      interaction: flat ? { mode: 'index', axis: spec.kind === 'bars' ? 'y' : 'x', intersect: false } : { mode: 'nearest', intersect: false },
      plugins: {
        legend: {
          display: spec.series.length > 1,
          position: 'bottom',
          reverse: flat,
          labels: { color: color('ink'), boxWidth: 8, boxHeight: 8, usePointStyle: !flat, pointStyle: 'circle' },
        },
        tooltip: {
          callbacks: {
            title: (items) => (flat && items.length ? spec.labels[items[0].dataIndex] : ''),
            label: (item) => note(spec, item),
          },
        },
      },
    });
    drawn.push(new Chart(canvas, config));
    canvas.dataset.drawn = 'yes';
  };

  const drawAll = () => {
    drawn.splice(0).forEach((chart) => chart.destroy());
    Chart.defaults.font.family = 'system-ui, sans-serif';
    document.querySelectorAll('canvas[data-chart]').forEach(draw);
  };

  drawAll();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll);
})();
