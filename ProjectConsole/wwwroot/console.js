// What a page does without asking the server: menus, copying, the theme, shortcuts.
// Every listener sits on the document, so it works on static and interactive pages and survives navigation.
(() => {
  const menuItems = menu => [...menu.querySelectorAll('[role^="menuitem"]')];
  const phone = matchMedia('(max-width: 760px)');
  let lastOpener = null;

  // ---------- speaking to screen readers ----------

  function announce(text) {
    let region = document.getElementById('announcer');
    if (!region) {
      region = document.createElement('div');
      region.id = 'announcer';
      region.className = 'visually-hidden';
      region.setAttribute('role', 'status');
      document.body.append(region);
    }
    region.textContent = '';
    requestAnimationFrame(() => { region.textContent = text; });
  }

  // ---------- copying ----------

  // For entries of menus: what was chosen is copied once the server has answered.
  async function copyText(text) {
    if (navigator.clipboard && isSecureContext) {
      await navigator.clipboard.writeText(text);
    } else {
      copyWithoutClipboard(text, document.body.lastElementChild);
    }
    announce('Copied');
  }

  async function copy(button) {
    const text = button.dataset.copy;
    if (navigator.clipboard && isSecureContext) {
      await navigator.clipboard.writeText(text);
    } else {
      copyWithoutClipboard(text, button);
    }
    button.dataset.copied = '';
    announce('Copied');
    setTimeout(() => delete button.dataset.copied, 2000);
  }

  // A console on a plain http address of the own network has no clipboard API.
  function copyWithoutClipboard(text, button) {
    const area = document.createElement('textarea');
    area.value = text;
    area.className = 'visually-hidden';
    button.after(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    button.focus?.();
  }

  // ---------- menus (native popovers with role=menu) ----------

  function openerOf(popover) {
    return document.querySelector(`[popovertarget="${popover.id}"]`) ?? lastOpener;
  }

  function place(popover, opener) {
    if (!opener || phone.matches) {
      popover.style.left = popover.style.top = '';
      return;
    }
    const edge = 8;
    const anchor = opener.getBoundingClientRect();
    const size = popover.getBoundingClientRect();
    const toTheEnd = popover.dataset.align === 'end';
    const wanted = toTheEnd ? anchor.right - size.width : anchor.left;
    const below = anchor.bottom + 4;
    const above = anchor.top - 4 - size.height;
    const fitsBelow = below + size.height <= innerHeight - edge;
    popover.style.left = `${Math.max(edge, Math.min(wanted, innerWidth - size.width - edge))}px`;
    popover.style.top = `${fitsBelow || above < edge ? below : above}px`;
  }

  function opened(popover) {
    const opener = openerOf(popover);
    popover.consoleOpener = opener;
    opener?.setAttribute('aria-expanded', 'true');
    if (popover.matches('.menu, .popup')) {
      place(popover, opener);
    }
    const first = popover.querySelector('[aria-checked="true"]') ?? menuItems(popover)[0] ?? popover.querySelector('input, a, button');
    first?.focus();
  }

  function closed(popover) {
    const opener = popover.consoleOpener;
    opener?.setAttribute('aria-expanded', 'false');
    if (opener?.isConnected && (document.activeElement === document.body || popover.contains(document.activeElement))) {
      opener.focus();
    }
  }

  function moveInMenu(event, menu) {
    const items = menuItems(menu);
    const at = items.indexOf(document.activeElement);
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 };
    if (event.key in steps) {
      event.preventDefault();
      items.at(steps[event.key] % items.length)?.focus();
    } else if (event.key === 'Tab') {
      menu.hidePopover();
    } else if (event.key === ' ' && document.activeElement.matches('a')) {
      event.preventDefault();
      document.activeElement.click();
    } else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const rest = [...items.slice(at + 1), ...items.slice(0, at + 1)];
      rest.find(item => item.querySelector('[data-menu-label]')?.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    }
  }

  // ---------- switchers (a search field that moves among options) ----------

  function choose(field, options, option) {
    options.forEach(other => other.setAttribute('aria-selected', other === option));
    field.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  }

  function moveInSwitcher(event, field) {
    const list = document.getElementById(field.getAttribute('aria-controls'));
    const options = [...list.querySelectorAll('[role="option"]')];
    const at = options.findIndex(option => option.getAttribute('aria-selected') === 'true');
    const steps = { ArrowDown: at + 1, ArrowUp: at - 1 };
    if (event.key in steps && options.length > 0) {
      event.preventDefault();
      choose(field, options, options.at(steps[event.key] % options.length));
    } else if (event.key === 'Enter') {
      event.preventDefault();
      openChosen(field, list, options[at]);
    } else if (event.key === 'Escape') {
      // A search field would empty itself first, and the popup stay.
      event.preventDefault();
      field.closest('[popover]').hidePopover();
    }
  }

  // Somebody who types fast and presses Enter means what they typed, not the options of a moment ago.
  function openChosen(field, list, option) {
    if (list.dataset.answers === field.value.trim()) {
      option?.click();
      return;
    }
    const answered = new MutationObserver(() => {
      answered.disconnect();
      if (list.dataset.answers === field.value.trim()) {
        list.querySelector('[role="option"]')?.click();
      }
    });
    answered.observe(list, { attributes: true, attributeFilter: ['data-answers'] });
    clearTimeout(typing.get(field));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }

  function openMenu(menu) {
    if (!menu.matches(':popover-open')) {
      menu.showPopover();
    }
  }

  // ---------- fields ----------

  // A search field tells the server once typing has paused, not for every letter.
  const typing = new WeakMap();
  function typed(input) {
    clearTimeout(typing.get(input));
    typing.set(input, setTimeout(() => input.dispatchEvent(new Event('change', { bubbles: true })), 300));
  }

  function focusIn(element) {
    const target = element.querySelector('[data-initial-focus]')
      ?? element.querySelector('input:not([type=hidden]):not(:disabled), textarea, select, button');
    target?.focus();
  }

  // Arrows move among the boxes of a matrix, so that nobody tabs through all of them.
  function moveInMatrix(event) {
    const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    const rows = [...event.target.closest('[data-matrix]').querySelectorAll('tbody tr')].map(row => [...row.querySelectorAll('input')]).filter(row => row.length > 0);
    let row = rows.findIndex(boxes => boxes.includes(event.target));
    let column = rows[row].indexOf(event.target);
    event.preventDefault();
    do {
      row += step[0];
      column += step[1];
    } while (rows[row]?.[column]?.disabled);
    rows[row]?.[column]?.focus();
  }

  // ---------- acts of the person ----------

  // Only these keep a session from ending as idle; the connection of an open page never does.
  let lastAct = 0;
  function act() {
    const form = document.getElementById('act');
    if (form && Date.now() - lastAct > 30000) {
      lastAct = Date.now();
      fetch(form.action, { method: 'POST', body: new FormData(form), keepalive: true }).catch(() => { lastAct = 0; });
    }
  }

  // ---------- wiring ----------

  document.addEventListener('pointerdown', act, true);
  document.addEventListener('keydown', act, true);

  document.addEventListener('click', event => {
    const target = event.target.closest('[data-copy], [data-theme-switch], [aria-haspopup], [data-search-opener], [role^="menuitem"], .settings-list a, .popup a');
    if (!target) {
      return;
    }
    if (target.matches('[data-copy]')) {
      copy(target);
    } else if (target.matches('[data-theme-switch]')) {
      announce(window.consoleTheme.toggle() === 'dark' ? 'Dark theme' : 'Light theme');
    } else if (target.matches('[aria-haspopup], [data-search-opener]')) {
      lastOpener = target;
    } else if (target.matches('[aria-disabled="true"]')) {
      event.preventDefault();
    } else if (!target.matches('[role="menuitemcheckbox"]')) {
      // Before Blazor acts on the click: a dialog that opens now must find the focus on the opener, to return it there.
      const popover = target.closest('[popover]');
      if (popover?.matches(':popover-open')) {
        popover.hidePopover();
        popover.consoleOpener?.focus();
      }
    }
  }, true);

  document.addEventListener('toggle', event => {
    if (event.target.matches?.('[popover]')) {
      (event.newState === 'open' ? opened : closed)(event.target);
    }
  }, true);

  document.addEventListener('keydown', event => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      const opener = document.querySelector('[data-search-opener]');
      if (opener) {
        event.preventDefault();
        opener.click();
      }
      return;
    }
    if (event.target.matches?.('.popup [role="combobox"]')) {
      moveInSwitcher(event, event.target);
      return;
    }
    if (event.target.matches?.('[data-matrix] input')) {
      moveInMatrix(event);
      return;
    }
    const menu = event.target.closest?.('[role="menu"]');
    if (menu) {
      moveInMenu(event, menu);
    }
  });

  document.addEventListener('input', event => {
    if (event.target.matches('[data-search]')) {
      typed(event.target);
    }
  });

  // Firefox drags nothing that carries no data.
  document.addEventListener('dragstart', event => {
    const handle = event.target.closest?.('[data-drag-handle]');
    if (handle) {
      event.dataTransfer.setData('text/plain', '');
      event.dataTransfer.setDragImage(handle.closest('li'), 8, 8);
    }
  });

  // Another page within the circuit.
  const setTitle = title => {
    document.title = title;
  };

  window.projectConsole = { announce, copyText, openMenu, focusIn, setTitle };
})();
