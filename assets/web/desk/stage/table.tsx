// A card, a table that becomes a list on narrow screens, and a list of facts. State is told by sign, colour
// and word together.
import type { ComponentChildren } from 'preact';
import { gradeSigns, type Grade } from '../../shared/names';

export interface Cell {
  text: string;
  figure?: boolean;
  grade?: Grade;
  long?: boolean; // may take two lines
}

function Value({ text, grade }: Cell) {
  return grade ? (
    <span class={grade}>
      <span aria-hidden="true">{gradeSigns[grade]}</span> {text}
    </span>
  ) : (
    <>{text}</>
  );
}

export function Card({ title, wide, children }: { title: string; wide?: boolean; children: ComponentChildren }) {
  return (
    <section class={wide ? 'card wide' : 'card'}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export function Table({ name, heads, rows }: { name: string; heads: string[]; rows: Cell[][] }) {
  const figures = heads.map((_, at) => rows.some((row) => row[at]?.figure));
  return (
    <div class="scroll" role="region" tabIndex={0} aria-label={name}>
      <table>
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th key={head} scope="col" class={figures[at] ? 'figure' : ''}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row[0]?.text}>
              {row.map((cell, at) =>
                at === 0 ? (
                  <th key={at} scope="row">
                    {cell.text}
                  </th>
                ) : (
                  <td key={at} class={cell.figure ? 'figure' : cell.long ? 'long' : ''} data-head={heads[at]}>
                    <Value {...cell} />
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function Facts({ facts }: { facts: [string, Cell][] }) {
  return (
    <dl>
      {facts.map(([name, cell]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <Value {...cell} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
