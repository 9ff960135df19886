import { platforms } from '../catalogue/commands/platforms.ts';
import { judgeByTable, toolMatchers } from '../check/commandTable.ts';
import { shell } from '../check/example.ts';
import { defineRule } from '../check/rule.ts';

export default defineRule({
  id: 'platform-delete',
  title: 'App, site or its database deleted on a platform',
  why: 'Platforms delete the app together with its databases, volumes, domains and settings; the name may be taken by somebody else afterwards.',
  instead: 'Stop or suspend it first, export the data and the settings, and let a person delete it who types its name.',
  blindTo: 'Which account and which app the folder is linked to, backups that the platform keeps, and what its own question would say.',
  blastRadius: { scope: 'service', undo: 'costly' },
  matches: toolMatchers(platforms),
  judge: { command: judgeByTable(platforms) },
  examples: {
    bad: [
      shell`⟦stripe customers delete cus_9s6 --live⟧`,
      shell`⟦twilio api:core:incoming-phone-numbers:remove --sid PN1⟧`,
      shell`⟦heroku apps:destroy -a shop --confirm shop⟧`,
      shell`⟦heroku pg:reset DATABASE_URL⟧`,
      shell`⟦fly volumes destroy vol_123 --yes⟧`,
      shell`⟦vercel remove shop --yes⟧`,
      shell`⟦netlify env:unset API_KEY⟧`,
      shell`⟦wrangler d1 delete orders⟧`,
      shell`⟦firebase firestore:delete --all-collections --force⟧`,
      shell`⟦supabase db reset --linked⟧`,
      shell`⟦railway volume delete --volume data⟧`,
    ],
    good: [
      shell`stripe customers retrieve cus_9s6`,
      shell`stripe listen --forward-to localhost:3000/delete`,
      shell`twilio api:core:incoming-phone-numbers:list`,
      shell`heroku pg:info -a shop`,
      shell`fly volumes list`,
      shell`vercel ls`,
      shell`wrangler d1 list`,
      shell`firebase deploy --only hosting`,
      shell`netlify deploy --prod`,
      shell`echo fly apps destroy shop`,
      shell`wrangler kv key delete --binding CACHE a`,
    ],
  },
});
