/**
 * All that the nodes do. n8n loads the nodes each time it starts, in each of its processes, and
 * needs no more of them than their descriptions until one runs, so only `await import('./running')`
 * gets here. The build makes one file of it.
 */
export { runForEachItem } from './actions/itemLoop';
export { resume } from './actions/waiting/resume';
export { searchMessagingServices } from './shared/messagingServices';
export { searchPhoneNumbers } from './shared/phoneNumbers';
export { sayingWhatToDo } from './trigger/activationErrors';
export { receive } from './trigger/receive';
export { isRegistered, register } from './trigger/registration';
export { restore } from './trigger/restoration';
