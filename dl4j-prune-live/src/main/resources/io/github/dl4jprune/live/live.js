(() => {
  'use strict';
  const EVERY = 1000; // milliseconds from one question to the next
  const STILL = 10; // questions without anything new until the page says so
  const at = (id) => document.getElementById(id);
  const style = () => getComputedStyle(document.documentElement);
  const color = (name) => style().getPropertyValue('--' + name).trim();
  const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
  const figures = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
  const number = (v) => (typeof v === 'number' ? v : null); // what is no number comes as text
  const loss = (v) => (number(v) === null ? '–' : figures.format(v));
  const percent = (v) => `${(100 * v).toFixed(1)}\u00a0%`;
  const plainPercent = (v) => `${+(100 * v).toFixed(1)}\u00a0%`;

  const axis = (title, ticks, more) => ({
    title: { display: title !== '', text: title, color: color('soft') },
    grid: { color: color('grid') },
    border: { color: color('line') },
    ticks: { color: color('soft'), maxRotation: 0, ...ticks },
    ...more,
  });

  const options = (scales, legend, label) => ({
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    interaction: { mode: 'nearest', axis: 'x', intersect: false },
    scales,
    plugins: {
      legend: {
        display: legend,
        position: 'bottom',
        labels: { color: color('ink'), boxWidth: 8, boxHeight: 8, usePointStyle: true, pointStyle: 'circle' },
      },
      tooltip: { callbacks: { title: () => '', label } },
    },
  });

  const series = (label, name, more) => ({
    label,
    data: [],
    showLine: true,
    borderColor: color(name),
    backgroundColor: color(name),
    borderWidth: 2,
    pointRadius: 0,
    pointHitRadius: 8,
    ...more,
  });

  const curve = (id, unit, datasets, y, ticks) =>
    new Chart(at(id), {
      type: 'scatter',
      data: { datasets },
      options: options(
        {
          x: axis('iteration', { callback: (v) => short.format(v), precision: 0, includeBounds: false }, { min: 0 }),
          y: axis('', { callback: unit, ...ticks }, y),
        },
        datasets.length > 1,
        (item) => `${item.dataset.label}: ${unit(item.raw.y)} at iteration ${whole.format(item.raw.x)}`,
      ),
    });

  const bars = () => {
    const chart = options(
      {
        x: axis('', { callback: plainPercent }, { beginAtZero: true }),
        y: { grid: { display: false }, border: { color: color('line') }, ticks: { color: color('ink'), autoSkip: false } },
      },
      false,
      (item) => `${item.dataset.label}: ${percent(item.raw)}`,
    );
    chart.indexAxis = 'y';
    chart.interaction = { mode: 'index', axis: 'y', intersect: false };
    chart.plugins.tooltip.callbacks.title = (items) => (items.length ? items[0].label : '');
    return new Chart(at('chart-layers'), {
      type: 'bar',
      data: {
        labels: [],
        datasets: [
          {
            type: 'line',
            label: 'asked',
            data: [],
            showLine: false,
            pointStyle: 'line',
            rotation: 90,
            pointRadius: 9,
            pointHoverRadius: 9,
            pointBorderWidth: 3,
            borderColor: color('ink'),
          },
          { label: 'reached', data: [], backgroundColor: color('accent'), barPercentage: 0.7, categoryPercentage: 1, borderRadius: 2 },
        ],
      },
      options: chart,
    });
  };

  let charts = {};
  const build = () => {
    Object.values(charts).forEach((chart) => chart.destroy());
    Chart.defaults.font.family = 'system-ui, sans-serif';
    const points = { pointRadius: 3 };
    const steps = { stepped: 'before' };
    charts = {
      loss: curve('chart-loss', loss, [series('loss', 'accent')], {}),
      accuracy: curve('chart-accuracy', plainPercent, [series('accuracy', 'kind-2', points)], {}),
      sparsity: curve(
        'chart-sparsity',
        plainPercent,
        [series('asked', 'soft', { ...steps, borderDash: [6, 4] }), series('reached', 'accent', steps)],
        { beginAtZero: true },
      ),
      returned: curve(
        'chart-returned',
        (v) => whole.format(v),
        [series('came back', 'kind-1', steps)],
        { beginAtZero: true },
        { precision: 0 },
      ),
      layers: bars(),
    };
  };

  const column = (rows, i) => rows.map((row) => ({ x: row[0], y: number(row[i]) }));
  // what was reached last holds until now
  const held = (rows, i, now) => {
    const points = column(rows, i);
    return points.length ? [...points, { x: now, y: points[points.length - 1].y }] : points;
  };

  const draw = (chart, now, ...data) => {
    data.forEach((points, i) => { chart.data.datasets[i].data = points; });
    if (chart.options.scales.x.min === 0) {
      chart.options.scales.x.max = Math.max(1, now);
    }
    chart.update('none');
    chart.canvas.dataset.drawn = 'yes';
  };

  const show = (id, shown) => { at(id).hidden = !shown; };

  const tile = (name, value, remark) => {
    const box = at(`tile-${name}`);
    box.querySelector('.after').textContent = value;
    box.querySelector('.remark').textContent = remark;
    box.hidden = false;
  };

  const rows = (layers) => {
    at('rows').replaceChildren(...layers.map((layer) => {
      const row = document.createElement('tr');
      [layer.name, whole.format(layer.size), whole.format(Math.round(layer.size * layer.reached)), percent(layer.asked),
        percent(layer.reached), whole.format(layer.returned)].forEach((text, i) => {
        const cell = document.createElement('td');
        cell.className = ['words', 'figures', 'figures', 'figures', 'figures', 'figures soft'][i];
        cell.textContent = text;
        row.append(cell);
      });
      return row;
    }));
  };

  const training = (data) => {
    tile('iteration', whole.format(data.iteration), data.epoch > 0 ? `epoch ${whole.format(data.epoch)}` : '');
    tile('loss', loss(data.loss), 'of the last iteration');
    draw(charts.loss, data.iteration, column(data.losses, 1));
    const known = data.accuracies.length;
    show('figure-accuracy', known > 0);
    if (known > 0) {
      const last = data.accuracies[known - 1];
      tile('accuracy', percent(last[1]), `at iteration ${whole.format(last[0])}`);
      draw(charts.accuracy, data.iteration, column(data.accuracies, 1));
    }
  };

  const pruning = (data, now) => {
    tile('sparsity', percent(now.reached), `of ${now.unit}; asked ${percent(now.asked)}`);
    at('tile-sparsity').querySelector('progress').value = now.reached;
    at('caption-sparsity').textContent = `Sparsity of ${now.unit}, all layers`;
    at('head-size').textContent = now.unit;
    draw(charts.sparsity, data.iteration, held(data.sparsities, 1, data.iteration), held(data.sparsities, 2, data.iteration));
    show('figure-returned', now.soft);
    document.querySelector('table').classList.toggle('returning', now.soft);
    if (now.soft) {
      tile('returned', whole.format(now.returned), 'in all');
      draw(charts.returned, data.iteration, held(data.sparsities, 3, data.iteration));
    }
    at('chart-layers').parentElement.style.height = `${Math.max(6, 1.5 * data.layers.length + 2.5)}rem`;
    charts.layers.data.labels = data.layers.map((layer) => layer.name);
    draw(charts.layers, 0, data.layers.map((layer) => layer.asked), data.layers.map((layer) => layer.reached));
    rows(data.layers);
  };

  const paint = (data) => {
    const watched = data.pruning !== null;
    ['pruning', 'layers'].forEach((id) => show(id, watched));
    show('unwatched', !watched);
    training(data);
    if (watched) {
      pruning(data, data.pruning);
    }
  };

  const say = (text, kind) => {
    if (at('status').textContent !== text) {
      at('status').textContent = text;
    }
    at('status').className = `status ${kind}`;
  };

  let last = null;
  let still = 0;
  const take = (data) => {
    if (last === null || last.version !== data.version) {
      still = 0;
      last = data;
      paint(data);
      document.body.dataset.updates = Number(document.body.dataset.updates || 0) + 1;
    } else {
      still++;
    }
    if (data.iteration === 0) {
      say('waiting for the first iteration', '');
    } else if (still < STILL) {
      say('training', 'running');
    } else {
      say('no new iteration for a while', '');
    }
  };

  const ask = async () => {
    try {
      const answer = await fetch('data', { cache: 'no-cache' });
      if (!answer.ok) {
        throw new Error(answer.statusText);
      }
      take(await answer.json());
    } catch (problem) {
      say(last === null ? 'no answer' : 'no answer: the view is closed; below is what was seen last', 'lost');
    }
    setTimeout(ask, EVERY);
  };

  build();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    build();
    if (last !== null) {
      paint(last);
    }
  });
  ask();
})();
