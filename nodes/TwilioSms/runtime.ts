/**
 * All that the nodes do. n8n loads the nodes each time it starts, in each of its processes, and
 * needs no more of them than their descriptions until one runs, so only `await import('./runtime')`
 * gets here. The build makes one file of it.
 */
export { runForEachItem } from './actions/itemLoop';
export { resume } from './actions/sendAndWait/webhook';
export { execute } from './trigger/execute';
export { poll } from './trigger/polling/poll';
export { receive } from './trigger/receiving/receive';
export { sayingWhatToDo } from './trigger/registration/errors';
export { isRegistered, register } from './trigger/registration/register';
export { restore } from './trigger/registration/restore';
export { twilioClient } from './twilio/client';
