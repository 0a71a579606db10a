// Plays the page's films: a strip of frames that moves up behind a window of one frame.
(() => {
  'use strict';
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  document.querySelectorAll('.film').forEach(film => {
    const strip = film.querySelector('img');
    const button = film.querySelector('button');
    const slider = film.querySelector('input');
    const labels = [...film.querySelectorAll('li')].map(item => item.textContent);
    let playing = !still;
    function show(k) {
      slider.value = k;
      strip.style.transform = `translateY(${-100 * k / labels.length}%)`;
      film.querySelector('output').textContent = labels[k];
      film.classList.toggle('marked', labels[k].includes('!'));
    }
    function play(on) {
      playing = on;
      button.textContent = on ? '❚❚' : '▶';
      button.setAttribute('aria-label', on ? 'pause' : 'play');
    }
    button.addEventListener('click', () => play(!playing));
    slider.addEventListener('input', () => { play(false); show(Number(slider.value)); });
    setInterval(() => { if (playing) show((Number(slider.value) + 1) % labels.length); }, Number(film.dataset.millis));
    play(playing);
    show(0);
  });
})();
