import { freePort } from '../lib/services/child-service';
import { type RunningFleet, START_WITHIN_MS, startFleet } from './lib/start-fleet';
import { errorWorkflow } from './workflows/errors';
import { folderImport } from './workflows/folder';
import { importNode } from './workflows/import-node';
import { importPages } from './workflows/import-pages';
import { interruptedImport } from './workflows/interrupted-import';
import { pendingMail } from './workflows/pending-mail';
import { remoteFiles } from './workflows/remote-files';
import { uploads } from './workflows/uploads';

let fleet: RunningFleet;
let smtpPort: number;

beforeAll(async () => {
	smtpPort = await freePort();
	fleet = await startFleet({ smtpPort });
}, START_WITHIN_MS);

afterAll(async () => await fleet?.stop(), START_WITHIN_MS);

const running = () => fleet;
const mail = pendingMail(running, () => smtpPort);
const interrupted = interruptedImport(running);

// What the schedules are to take up in the minute that the tests in between last.
mail.isKept();
uploads(running);
folderImport(running);
remoteFiles(running);
importPages(running);
interrupted.isLeft();
importNode(running);
errorWorkflow(running);
interrupted.isTakenUp();
mail.isSent();
