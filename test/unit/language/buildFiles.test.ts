import { assertCommands } from '../../support/operations.ts';

const dockerfiles = [
  'FROM a AS b\nRUN ⟦aws s3 rb x⟧ && \\\n  # aws s3 rb y\n  ⟦aws \\\n  s3 rb z⟧\nCOPY aws /aws\n',
  'RUN rm -rf /var/lib/apt/lists/* && find / -delete\nCMD ⟦rm -rf /data⟧\n',
  'RUN --mount=type=secret,id=x --network=none ["sh", "-c", "⟦aws s3 rb x⟧"]\nENTRYPOINT [⟦"rm", "-rf", "/data"⟧]\n',
  'RUN <<EOF\nset -e\n⟦aws s3 rb x⟧\nEOF\nRUN cat <<EOF > aws\naws s3 rb y\nEOF\nRUN bash <<EOF\n⟦aws s3 rb z⟧\nEOF\n',
  'HEALTHCHECK --interval=5s CMD ⟦aws s3 ls⟧\nONBUILD RUN ⟦aws s3 rb x⟧\n# RUN aws s3 rb y\nLABEL x="aws s3 rb z"\n',
  'FROM a\nSHELL ["powershell", "-Command"]\nRUN ⟦aws s3 rb $env:B⟧; if ($x) { ⟦aws s3 ls⟧ }\n',
  '# escape=`\nRUN ⟦aws `\n  s3 rb x⟧\nRUN ⟦aws s3 ls⟧\n',
  'RUN ⟦aws s3 rb x⟧\r\nRUN echo aws \\\r\n && ⟦aws s3 ls⟧\r\n',
];

const makefiles = [
  'D = srv\nX := /$(D)/x\nall:\n\t@⟦rm -rf $(X)⟧\n\t-⟦rm a⟧ && \\\n\t  ⟦rm b⟧\n\techo rm c\n',
  'a: ; ⟦rm a⟧\nrm := rm b\n.PHONY: rm\n# rm c\nifdef X\nb: a\n\t# rm d\n\t⟦rm $@ $(Y) $$z⟧\nendif\n',
  'define wipe\nrm -rf /srv\necho done\nendef\nall:\n\t⟦$(wipe)⟧\n',
  '.ONESHELL:\na:\n\tD=x\n\t⟦rm $$D⟧\nb:\n\t⟦rm b⟧\n',
];

const crontabs = [
  'MAILTO=rm\n# 0 3 * * * rm a\n0 3 * * * ⟦rm a⟧\n*/5 1-4,6 * jan mon-fri ⟦aws s3 rb x⟧ && ⟦rm b⟧\n@daily ⟦rm c⟧\n',
  '@reboot root ⟦rm a⟧\n0 0 1 * * ⟦rm b⟧ 2>&1 % rm c\r\nrm d\n* * * * rm e\n',
];

const systemTables = ['SHELL=/bin/sh\n17 * * * * app ⟦rm a⟧\n17 * * * * rm echo\n'];

const units = [
  '[Unit]\nDescription=rm a\n# ExecStart=rm b\n[Service]\nExecStartPre=-⟦/bin/rm c⟧\nExecStart=/bin/sh -c "⟦rm d⟧"\nExecStop=@+⟦aws s3 rb \\\n  x⟧\nEnvironment=X=rm\nUser=rm\n',
  '[Timer]\nOnCalendar=daily\nUnit=rm.service\n',
];

const built = [['Dockerfile', dockerfiles], ['Makefile', makefiles], ['crontab', crontabs], ['etc/cron.d/tidy', systemTables], ['ops/tidy.service', units], ['ops/app.service.d/stop.conf', units]] as const;

for (const [path, examples] of built) {
  describe(`commands in a ${path}`, () => {
    for (const example of examples) {
      it(JSON.stringify(example).slice(0, 90), () => assertCommands(path, example, ['rm', 'aws', 'find']));
    }
  });
}
