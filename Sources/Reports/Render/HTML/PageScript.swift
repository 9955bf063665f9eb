/// Copies what stands in a box, and sorts tables; the page is whole without it.
enum PageScript {
  /// The SHA-256 of the text, base 64: by it a browser knows the only script that may run.
  static let digest = "5X5DZS4H/20LQxkxEQIEUSn9PRPxi2IJLr1tlze7q7g="

  static let text = """

    'use strict';
    const units = { d: 86400, h: 3600, min: 60, s: 1, ms: 1e-3, 'µs': 1e-6 };
    const value = text => {
      if (/^never/.test(text)) return Infinity;
      if (!/^[−-]?[\\d.]+/.test(text)) return NaN;
      let [sum, number] = [0, /^([−-]?[\\d.]+)(?:[–][\\d.]+)? ?(d|h|min|s|ms|µs)?(?![a-z]) ?/];
      for (let part; (part = number.exec(text)); text = text.slice(part[0].length)) {
        sum += Number(part[1].replace('−', '-')) * (units[part[2]] ?? 1);
      }
      return sum;
    };
    const order = (one, other) => {
      const [first, second] = [value(one), value(other)];
      if (Number.isNaN(first) || Number.isNaN(second)) {
        return Number.isNaN(first) - Number.isNaN(second) || one.localeCompare(other);
      }
      return first === second ? 0 : first < second ? -1 : 1;
    };
    for (const table of document.querySelectorAll('table.sortable')) {
      const heads = [...table.tHead.rows[0].cells];
      heads.forEach((head, column) => {
        if (!head.textContent) return;
        const button = document.createElement('button');
        button.type = 'button';
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener('click', () => {
          const isDown = head.getAttribute('aria-sort') === 'ascending';
          heads.forEach(other => other.removeAttribute('aria-sort'));
          head.setAttribute('aria-sort', isDown ? 'descending' : 'ascending');
          const cell = row => row.cells[column]?.textContent ?? '';
          const rows = [...table.tBodies[0].rows].sort((one, other) => order(cell(one), cell(other)));
          table.tBodies[0].append(...(isDown ? rows.reverse() : rows));
        });
      });
    }
    for (const button of document.querySelectorAll('button.copy')) {
      button.hidden = false;
      button.addEventListener('click', async () => {
        const code = button.closest('figure').querySelector('code');
        try {
          await navigator.clipboard.writeText(code.textContent);
          button.textContent = 'Copied';
        } catch {
          getSelection().selectAllChildren(code);
          button.textContent = 'Selected';
        }
        setTimeout(() => { button.textContent = 'Copy'; }, 2000);
      });
    }

    """
}
