import { day, type GoldenCase } from 'acorn/plugin';
import { resale as certificate, group, gst, hst, invoice, missing, noPst, on, oneLine, qst, taxed } from './cases.ts';

const twoCertificates = {
  certificates: [
    { kind: 'resale', number: '123456-7', validUntil: day('2026-06-30') },
    { kind: 'resale', number: '654321-0', validFrom: day('2026-07-01') },
  ],
};

/** PST and RST, and the numbers that free goods for resale of them. */
export const resale: readonly GoldenCase[] = [
  taxed(
    'A2 · British Columbia: 7 % PST without a number for resale',
    invoice('BC'),
    [gst(100_00n, 5_00n), group('pst', 'PST', 'CA-BC', '7', 100_00n, 7_00n)],
    oneLine,
    missing('PST', 'BC'),
  ),
  taxed('A2 · none with it, and the number is printed', invoice('BC', certificate('PST-1234-5678')), [
    gst(100_00n, 5_00n),
    noPst('PST', 'BC', 'PST-1234-5678'),
  ]),
  taxed(
    'A2 · Saskatchewan: 6 %',
    invoice('SK'),
    [gst(100_00n, 5_00n), group('pst', 'PST', 'CA-SK', '6', 100_00n, 6_00n)],
    oneLine,
    missing('PST', 'SK'),
  ),
  taxed('A2 · none for resale there', invoice('SK', certificate('1234567', { region: 'SK' })), [
    gst(100_00n, 5_00n),
    noPst('PST', 'SK', '1234567'),
  ]),
  taxed(
    'A2 · Manitoba: 7 % RST',
    invoice('MB'),
    [gst(100_00n, 5_00n), group('rst', 'RST', 'CA-MB', '7', 100_00n, 7_00n)],
    oneLine,
    missing('RST', 'MB'),
  ),
  taxed('A2 · none for resale, either', invoice('MB', certificate('123456-7')), [
    gst(100_00n, 5_00n),
    noPst('RST', 'MB', '123456-7'),
  ]),
  taxed(
    'C4 · Manitoba on 30 June 2019',
    invoice('MB', on('2019-06-30')),
    [gst(100_00n, 5_00n), group('rst', 'RST', 'CA-MB', '8', 100_00n, 8_00n)],
    oneLine,
    missing('RST', 'MB'),
  ),
  taxed(
    'C4 · Manitoba on 1 July',
    invoice('MB', on('2019-07-01')),
    [gst(100_00n, 5_00n), group('rst', 'RST', 'CA-MB', '7', 100_00n, 7_00n)],
    oneLine,
    missing('RST', 'MB'),
  ),
  taxed(
    'A2 · the number of another province frees of nothing',
    invoice('BC', certificate('1234567', { region: 'SK' })),
    [gst(100_00n, 5_00n), group('pst', 'PST', 'CA-BC', '7', 100_00n, 7_00n)],
    oneLine,
    missing('PST', 'BC'),
  ),
  taxed(
    'A2 · nor does a certificate that has expired',
    invoice('BC', certificate('PST-1234-5678', { validUntil: day('2026-11-01') })),
    [gst(100_00n, 5_00n), group('pst', 'PST', 'CA-BC', '7', 100_00n, 7_00n)],
    oneLine,
    [
      'RESALE_CERTIFICATE_EXPIRED',
      'PST is charged on goods for resale: the certificate has expired before 2026-11-02.',
    ],
  ),
  taxed(
    'A2 · or one without a number',
    invoice('BC', { certificates: [{ kind: 'resale' }] }),
    [gst(100_00n, 5_00n), group('pst', 'PST', 'CA-BC', '7', 100_00n, 7_00n)],
    oneLine,
    ['RESALE_NUMBER_MISSING', 'PST is charged on goods for resale: the certificate on file has no number to print.'],
  ),
  taxed('A2 · a number for resale changes nothing in Ontario', invoice('ON', certificate('PST-1234-5678')), [
    hst('ON', '13', 100_00n, 13_00n),
  ]),
  taxed('A2 · nor in Québec', invoice('QC', certificate('PST-1234-5678')), [gst(100_00n, 5_00n), qst(100_00n, 9_98n)]),
  taxed(
    'A2 · nor one that begins the day after',
    invoice('BC', certificate('PST-1234-5678', { validFrom: day('2026-11-03') })),
    [gst(100_00n, 5_00n), group('pst', 'PST', 'CA-BC', '7', 100_00n, 7_00n)],
    oneLine,
    [
      'RESALE_CERTIFICATE_NOT_YET_VALID',
      'PST is charged on goods for resale: the certificate holds only after 2026-11-02.',
    ],
  ),
  taxed(
    'A2 · on its last day a certificate holds',
    invoice('BC', certificate('PST-1', { validUntil: day('2026-11-02') })),
    [gst(100_00n, 5_00n), noPst('PST', 'BC', 'PST-1')],
  ),
  taxed('A2 · one that has expired beside one that holds', invoice('MB', twoCertificates), [
    gst(100_00n, 5_00n),
    noPst('RST', 'MB', '654321-0'),
  ]),
];
