/** Every command, on one screen. */
export const help = `Acorn: one typed GraphQL gateway over the Amazon vendor chain, order to payment.

  acorn start [--demo]              bring everything up and serve GraphQL; --demo with simulated vendors
  acorn simulate                    only the simulated vendor API, to connect something else to
  acorn import FILE... --account NAME
                                    land documents from files, and say what became of each
  acorn preview FILE [--json]       what a site makes of an invoice before it is sent: tax, days, what is missing;
                                    without server or database, see schema/INVOICE-PREVIEW.md
  acorn rates import FILE...        take in the European Central Bank's reference rates (XML)
  acorn accounts                    every vendor account, and how far its import is
  acorn keys create --organisation NAME [--name TEXT] [--role ROLE]... [--scope SCOPE]... [--days N]
                                    make an API key; it is shown once
  acorn keys revoke PREFIX          end an API key, and what is open with it
  acorn members --organisation NAME people of an organisation, and what they work as
  acorn members add | remove ISSUER SUBJECT --organisation NAME [--name TEXT] --role ROLE...
                                    by what their token issuer calls them
  acorn plugin new NAME --site XX | --connector [--out FOLDER]
                                    write a plugin that works, to go on from
  acorn plugin check [NAME | PATH] [--on DAY]
                                    ask a plugin, or every one, whether it keeps what it promises
  acorn plugin remove ID            drop what a plugin that is installed no more left in the database
  acorn export KIND [--out FILE] [--url URL --key KEY] [--site XX] [--account NAME] [--after CURSOR]
                                    changes, purchase-orders, shipments, invoices, payments or deductions, as JSON lines
  acorn tail [--url URL --key KEY] [--site XX] [--account NAME] [--kind K]... [--severity S]... [--order N]...
             [--asin A]... [--after CURSOR | --since-start] [--json]
                                    follow what changes, line by line; without --url, of this installation
  acorn migrate                     bring the database up to date and stop
  acorn plugins                     what is installed and who fills what
  acorn plugins lock                write that to plugins.lock.json, to be committed
  acorn plugins disable | enable ID switch a plugin off or on, while Acorn runs
  acorn --help, acorn --version

Settings come from the environment and from acorn.config.ts, the environment first:

  PORT            4000              where to listen
  HOST            127.0.0.1         0.0.0.0 listens on every network
  DATABASE_URL                      a PostgreSQL of your own; left out, the one that comes with Acorn
  ACORN_DATA      ./data            where that one keeps its files
  LOG_LEVEL       info              fatal, error, warn, info, debug, trace or silent
  ACORN_POLL_SECONDS                between two looks at each account's source
  ACORN_SECRET_KEY                  32 bytes in base64: encrypts secrets; needed for webhooks with your own PostgreSQL
  ACORN_KEEP_DAYS 400               how long the change log is kept; 0 is for ever
`;
