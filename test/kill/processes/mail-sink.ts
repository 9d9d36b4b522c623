/** A mail server that has each mail on disk before it says 250: `mail-sink.cjs PORT FILE`, Message-IDs a line each. */
import { appendFileSync } from 'node:fs';
import { startSmtpSink } from '../../lib/smtp-sink';

const [, , port = '0', file = ''] = process.argv;

void startSmtpSink(Number(port), { onMail: ({ messageId }) => appendFileSync(file, `${messageId}\n`) });
