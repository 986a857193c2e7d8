/* All that matters works without this. */
'use strict';

(() => {
  const YEAR = 365 * 24 * 3600;

  /* Dates in the reader's zone: the server reads it with the next page. */
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.includes('postrider-zone=' + encodeURIComponent(zone))) {
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = 'postrider-zone=' + encodeURIComponent(zone)
      + '; Path=/; SameSite=Lax; Max-Age=' + YEAR + secure;
  }

  /* A part that somebody is at work in isn't changed under their hands. */
  document.addEventListener('htmx:beforeRequest', event => {
    const part = event.target;
    const isBusy = part.querySelector('details[open], input[type=checkbox]:checked')
      || part.contains(document.activeElement) && document.activeElement.matches('input, select, textarea, button');
    if (event.detail.elt === part && part.matches('[hx-trigger^=every]') && (document.hidden || isBusy)) {
      event.preventDefault();
    }
  });

  document.addEventListener('click', event => {
    const copy = event.target.closest('[data-copy]');
    if (copy) {
      navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).innerText.trim())
        .then(() => { copy.textContent = 'Copied'; });
    }
  });

  /* One box for all of a list. */
  document.addEventListener('change', event => {
    const all = event.target.closest('[data-all]');
    if (all) {
      document.querySelectorAll('input[type=checkbox][name="' + all.dataset.all + '"]')
        .forEach(box => { box.checked = all.checked; });
    }
  });

  /* A box for all, and buttons to copy, are of no use without this. */
  document.documentElement.classList.add('scripted');
})();
