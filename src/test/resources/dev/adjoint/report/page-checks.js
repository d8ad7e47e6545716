// What is wrong with the page in this window, as a list of sentences: with its places, with its colors, or both.
(places, colors) => {
  const problems = [];
  const width = window.innerWidth;
  const name = e => `<${e.localName}> "${(e.textContent || '').trim().slice(0, 40)}"`;

  const checkPlaces = () => {
    if (document.documentElement.scrollWidth > width) {
      problems.push(`the page is wider than the window: ${document.documentElement.scrollWidth} of ${width}`);
    }
    if (!document.documentElement.lang || !document.title) problems.push('no language or no title');
    if (document.querySelectorAll('h1').length !== 1) problems.push('not one heading of level 1');
    let level = 0;
    for (const h of document.querySelectorAll('h1, h2, h3, h4')) {
      const next = Number(h.localName[1]);
      if (next > level + 1) problems.push(`a heading of level ${next} below level ${level}`);
      level = next;
    }
    const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
    const known = new Set();
    ids.filter(id => known.size === known.add(id).size).forEach(id => problems.push(`two elements of the id ${id}`));
    for (const a of document.querySelectorAll('a[href^="#"]')) {
      if (!document.getElementById(a.getAttribute('href').slice(1))) problems.push(`a link to ${a.getAttribute('href')}`);
    }

    const formulas = [...document.querySelectorAll('math')];
    if (formulas.length === 0) problems.push('no formula');
    for (const math of formulas) {
      const box = math.getBoundingClientRect();
      if (box.width < 4 || box.height < 4) problems.push(`a formula of no size: ${name(math)}`);
    }
    for (const fraction of document.querySelectorAll('mfrac')) {
      const [above, below] = [...fraction.children].map(c => c.getBoundingClientRect());
      if (above.bottom > below.top + 2) problems.push(`a fraction that is not set as one: ${name(fraction)}`);
    }

    for (const svg of document.querySelectorAll('svg')) {
      const named = (svg.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id));
      if (svg.getAttribute('role') !== 'img') problems.push('a drawing that is no image');
      if (!svg.querySelector(':scope > title')?.textContent) problems.push('a drawing without a title');
      if (!svg.querySelector(':scope > desc')?.textContent || !named.every(e => e)) {
        problems.push('a drawing without a description');
      }
      const frame = svg.getBoundingClientRect();
      const texts = [...svg.querySelectorAll('text')];
      const boxes = texts.map(t => t.getBoundingClientRect());
      for (let k = 0; k < texts.length; k++) {
        const box = boxes[k];
        const out = box.left < frame.left - 1 || box.right > frame.right + 1;
        if (out || box.top < frame.top - 1 || box.bottom > frame.bottom + 1) {
          problems.push(`text that leaves its drawing: ${name(texts[k])} of ${svg.querySelector('title')?.textContent}`);
        }
        for (let j = 0; j < k; j++) {
          const other = boxes[j];
          const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
          const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
          if (across > 1 && down > 4) {
            problems.push(`text on text: ${name(texts[j])} and ${name(texts[k])} of ${svg.querySelector('title')?.textContent}`);
          }
        }
      }
    }
  };

  const parse = color => {
    const numbers = (color.match(/[\d.]+/g) || []).map(Number);
    return numbers.length < 3 ? null : { rgb: numbers.slice(0, 3), alpha: numbers.length > 3 ? numbers[3] : 1 };
  };
  const luminance = rgb => {
    const [r, g, b] = rgb.map(c => c / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  const papers = new Map();
  const behind = element => {
    if (!element) return [255, 255, 255];
    if (!papers.has(element)) {
      const color = parse(getComputedStyle(element).backgroundColor);
      papers.set(element, color && color.alpha > 0.99 ? color.rgb : behind(element.parentElement));
    }
    return papers.get(element);
  };
  const drawn = new Map();
  const rectangles = svg => {
    if (!drawn.has(svg)) {
      const all = [...svg.querySelectorAll('rect')];
      drawn.set(svg, all.map(rect => [rect.getBoundingClientRect(), parse(getComputedStyle(rect).fill)]));
    }
    return drawn.get(svg);
  };
  const filled = text => {
    const box = text.getBoundingClientRect();
    const x = (box.left + box.right) / 2;
    const y = (box.top + box.bottom) / 2;
    let color = behind(text);
    for (const [r, fill] of rectangles(text.closest('svg'))) {
      if (r.left <= x && x <= r.right && r.top <= y && y <= r.bottom) color = fill?.rgb || color;
    }
    return color;
  };
  const checkColors = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = new Set();
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const hidden = !walker.currentNode.nodeValue.trim() || seen.has(element) || element.closest('title, desc, .skip');
      if (hidden) continue;
      seen.add(element);
      const drawing = element.closest('svg');
      if (drawing && !element.closest('text')) continue;
      const style = getComputedStyle(element);
      const ink = parse(drawing ? style.fill : style.color);
      const paper = drawing ? filled(element.closest('text')) : behind(element);
      const ratio = contrast(ink.rgb, paper);
      if (ratio < 4.5) problems.push(`contrast ${ratio.toFixed(2)} of ${name(element)}`);
    }
  };

  if (places) checkPlaces();
  if (colors) checkColors();
  return [...new Set(problems)].slice(0, 20);
}
