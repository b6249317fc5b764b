import type { PreviewAnswer } from './query.ts';

/** A preview for a person at a terminal: the amounts as an invoice has them, the days, and what is still to be seen to. */
export function printPreview(preview: PreviewAnswer): string {
  const sections = [
    heading(preview),
    amounts(preview),
    due(preview),
    listed('Notes for the document', notes(preview)),
    listed('Missing', missing(preview)),
    listed('Warnings', preview.warnings.map(problem)),
    listed('Blocking', preview.blocking.map(problem)),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function heading({ site, ready, taxPoint, taxPointFrom, trace }: PreviewAnswer): string {
  const from = taxPointFrom === 'SUPPLY' ? 'day of supply' : 'date of the invoice';
  const day = taxPoint === null ? '' : `, rates of ${taxPoint} (${from})`;
  const document = trace?.document == null ? '' : `, ${trace.document}`;
  return `${site}${document}${day}: ${ready ? 'ready to be sent' : 'not ready'}`;
}

function amounts({ lines, taxes, net, total }: PreviewAnswer): string {
  const rows: [what: string, amount: string][] = [
    ...lines.map(({ description, amount, taxClass, taxes: borne }, at): [string, string] => [
      `${at + 1}. ${description ?? 'line'} (${[taxClass, ...(borne ?? []).map(({ category, rate }) => `${category} ${rate} %`)].join(', ')})`,
      amount.amount,
    ]),
    ...(net === null ? [] : [['Net', net.amount] as [string, string]]),
    ...(taxes ?? []).map(({ name, rule, category, jurisdiction, rate, base, tax, exemption }): [string, string] => [
      [
        name ?? rule,
        jurisdiction ?? '',
        category === null || category === 'S' ? '' : category,
        `${rate} % of ${base.amount}`,
        exemption === null ? '' : `(${exemption.code})`,
      ]
        .filter((part) => part !== '')
        .join(' '),
      tax.amount,
    ]),
    ...(total === null ? [] : [[`Total ${total.currency}`, total.amount] as [string, string]]),
  ];
  const wide = Math.max(...rows.map(([what]) => what.length));
  const digits = Math.max(...rows.map(([, amount]) => amount.length));
  return rows.map(([what, amount]) => `  ${what.padEnd(wide)}  ${amount.padStart(digits)}`).join('\n');
}

function due({ due: found }: PreviewAnswer): string {
  if (found === null) return '';
  const { unadjusted, adjusted, discount, instalments, calendar, explanation } = found;
  const parts =
    instalments.length < 2 ? [] : instalments.map((part) => `${part.percent} % on ${part.adjusted}${amountIn(part)}`);
  return listed(`Due ${unadjusted}, paid ${adjusted} (${calendar})`, [
    ...parts,
    ...(discount === null ? [] : [`${discount.percent} % discount until ${discount.deadline}${amountIn(discount)}`]),
    ...explanation,
  ]);
}

const amountIn = ({ amount }: { readonly amount: { readonly amount: string } | null }): string =>
  amount === null ? '' : `: ${amount.amount}`;

const notes = ({ trace }: PreviewAnswer): string[] => [
  ...(trace?.notes ?? []).map(({ text, code }) => `${text} (${code})`),
  ...(trace?.required ?? []).map(({ term, value }) => `${term}: ${value}`),
];

const missing = ({ required }: PreviewAnswer): string[] =>
  required
    .filter(({ isThere }) => !isThere)
    .map(({ missing: places, scheme, because, source }) => {
      const which = scheme === null ? '' : ` (${scheme})`;
      return `${places.join(', ')}${which}: ${because}. ${source}`;
    });

const problem = ({ code, problem: case_, message, about }: PreviewAnswer['warnings'][number]): string =>
  `${case_ ?? code}${about.length === 0 ? '' : ` at ${about.join(', ')}`}: ${message}`;

const listed = (title: string, entries: readonly string[]): string =>
  entries.length === 0 ? '' : [title, ...entries.map((entry) => `  ${entry}`)].join('\n');
