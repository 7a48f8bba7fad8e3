// A page looks ready before its circuit is, and what is done to it until then would be lost. Here it is kept, and done
// once the same controls answer: first what was typed, then the last button, as if the person had waited.
(() => {
  const patience = 10000;
  const buttons = 'button, [role="button"], [role="tab"], [role="checkbox"], [role="radio"]';
  // These need no circuit: console.js or the browser does what they are for.
  const ready = '[popovertarget], [data-copy], [data-theme-switch], [data-search-opener], [form]';

  const typed = new Map();
  let pressed = null;
  let focused = null;
  let watcher = null;
  let patienceEnds = 0;

  const isEarly = () => !document.body.hasAttribute('data-static') && !document.querySelector('[data-interactive]');

  const nameOf = element =>
    (element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.getAttribute('name') ?? element.textContent).replace(/\s+/g, ' ').trim();

  // The circuit draws the page anew, so that a control is known by its name, and by which of several of that name it is.
  const alike = (tag, name) => [...document.getElementsByTagName(tag)].filter(element => nameOf(element) === name);

  function placeOf(element) {
    const name = nameOf(element);
    return { tag: element.tagName, name, index: alike(element.tagName, name).indexOf(element) };
  }

  function find(place) {
    const element = alike(place.tag, place.name)[place.index];
    return element && !element.disabled ? element : null;
  }

  function restore(field, place) {
    const element = find(place);
    if (!element) {
      return false;
    }
    const value = field.type === 'checkbox' || field.type === 'radio' ? 'checked' : 'value';
    if (element[value] !== field[value]) {
      element[value] = field[value];
      element.dispatchEvent(new Event('input', { bubbles: true }));
      element.dispatchEvent(new Event('change', { bubbles: true }));
    }
    return true;
  }

  function catchUp() {
    typed.forEach((place, field) => restore(field, place) && typed.delete(field));
    if (typed.size > 0) {
      return;
    }
    if (focused && document.activeElement === document.body) {
      find(focused)?.focus();
    }
    const button = pressed && find(pressed);
    if (button) {
      pressed = null;
      button.focus();
      button.click();
    }
    if (!pressed) {
      forget();
    }
  }

  function forget() {
    clearTimeout(patienceEnds);
    watcher?.disconnect();
    watcher = pressed = focused = null;
    typed.clear();
    delete document.documentElement.dataset.waiting;
  }

  // A press that takes so long is no longer expected. What was typed waits for the circuit, and then as long for its field: data
  // may come after the page was first drawn.
  function giveUp() {
    if (isEarly()) {
      pressed = null;
      delete document.documentElement.dataset.waiting;
    } else {
      forget();
    }
  }

  function wait() {
    clearTimeout(patienceEnds);
    patienceEnds = setTimeout(giveUp, patience);
    if (!watcher) {
      let answers = false;
      watcher = new MutationObserver(() => {
        if (isEarly()) {
          return;
        }
        if (!answers) {
          answers = true;
          clearTimeout(patienceEnds);
          patienceEnds = setTimeout(forget, patience);
        }
        catchUp();
      });
      watcher.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
    }
  }

  // Whoever does something else once the page answers means that.
  function supersede(event) {
    if (watcher && event.isTrusted && !isEarly()) {
      forget();
    }
  }

  document.addEventListener('pointerdown', supersede, true);
  document.addEventListener('keydown', supersede, true);

  document.addEventListener('input', event => {
    if (event.target.matches?.('input:not([type="file"]), textarea, select') && isEarly()) {
      typed.set(event.target, placeOf(event.target));
      focused = placeOf(event.target);
      wait();
    }
  }, true);

  document.addEventListener('click', event => {
    const button = event.target.closest?.(buttons);
    if (!button || button.matches(ready) || button.form?.hasAttribute('action') || !isEarly()) {
      return;
    }
    // The form of a circuit must not be posted instead.
    event.preventDefault();
    pressed = placeOf(button);
    document.documentElement.dataset.waiting = '';
    wait();
  }, true);
})();
