import { addMember, findOrganisation, listMembers, removeMember } from '../../store/access.ts';
import type { Command } from '../cli.ts';
import { checkRoles } from '../keys.ts';
import { wallClock } from '../platform.ts';
import { wrongCommand } from './configured.ts';
import { withPlatform } from './on-database.ts';

/**
 * `acorn members`: the people of an organisation; `add` and `remove` one, by what their token issuer calls them. They
 * sign in with tokens of an issuer whose `rights` are "granted".
 */
export const membersCommand: Command = async (call) => {
  const {
    words: [action, issuer, subject],
    values: { organisation, name, role = [] },
    terminal: { screen },
  } = call;
  if (organisation === undefined) throw wrongCommand('--organisation: say whose people these are');
  if (action !== undefined && (issuer === undefined || subject === undefined || !['add', 'remove'].includes(action))) {
    throw wrongCommand(
      'write "acorn members", or "acorn members add ISSUER SUBJECT --role ROLE", or the same with remove',
    );
  }
  if (action === 'add' && role.length === 0) throw wrongCommand('--role: say what they work as');
  checkRoles(role);
  return withPlatform(call, async ({ database }) => {
    const now = wallClock();
    const found = await findOrganisation(database, organisation, now);
    if (found === undefined) {
      throw wrongCommand(`--organisation: there is no organisation "${organisation}"; see "acorn accounts"`);
    }
    const { organisationId } = found;
    if (action === undefined || issuer === undefined || subject === undefined) {
      const members = await listMembers(database, organisationId, now);
      const lines = members.map(
        (member) =>
          `${member.name ?? member.subject}  ${member.roles.join(', ')}  ${member.subject} of ${member.issuer}`,
      );
      screen.write(lines.length === 0 ? `${organisation} has no members yet.\n` : `${lines.join('\n')}\n`);
      return 0;
    }
    const who = { organisationId, issuer, subject };
    if (action === 'add') {
      const added = await addMember(database, { ...who, name: name ?? null, roles: role }, now);
      if (!added)
        throw wrongCommand(`${subject} of ${issuer} is known in ${organisation} already, perhaps as a former member`);
      screen.write(`${name ?? subject} is a member of ${organisation}: ${role.join(', ')}.\n`);
      return 0;
    }
    if (!(await removeMember(database, who, now))) {
      throw wrongCommand(`${subject} of ${issuer} is no member of ${organisation}`);
    }
    screen.write(`${subject} is a member no more. What they have open ends within seconds.\n`);
    return 0;
  });
};
