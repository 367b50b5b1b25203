import { fileExtension } from '../../../nodes/TwilioSms/twilio/media';

// The types that Twilio says it accepts, with the extension people's computers know them by.
it.each([
	['image/jpeg', 'jpg'],
	['image/png', 'png'],
	['image/gif', 'gif'],
	['image/webp', 'webp'],
	['image/heic', 'heic'],
	['image/tiff', 'tiff'],
	['image/svg+xml', 'svg'],
	['audio/mpeg', 'mp3'],
	['audio/mp4', 'm4a'],
	['audio/ogg', 'ogg'],
	['audio/amr', 'amr'],
	['audio/3gpp', '3gp'],
	['audio/basic', 'au'],
	['video/mp4', 'mp4'],
	['video/mpeg', 'mpg'],
	['video/quicktime', 'mov'],
	['video/3gpp', '3gp'],
	['video/webm', 'webm'],
	['text/vcard', 'vcf'],
	['text/x-vcard', 'vcf'],
	['text/calendar', 'ics'],
	['text/csv', 'csv'],
	['text/plain', 'txt'],
	['application/pdf', 'pdf'],
	['application/msword', 'doc'],
	['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
	['application/vnd.ms-excel', 'xls'],
])('a file of type %s ends in .%s', (mimeType, extension) => {
	expect(fileExtension(mimeType)).toBe(extension);
});

it.each(['text/plain; charset=utf-8', ' TEXT/Plain ', 'text/plain;charset="utf-8"'])(
	'%j is plain text',
	(mimeType) => expect(fileExtension(mimeType)).toBe('txt'),
);

it.each(['', 'image', 'application/octet-stream', 'application/vnd.wap.sic', 'x/../../etc'])(
	'%j has no extension that one could rely on',
	(mimeType) => expect(fileExtension(mimeType)).toBe('bin'),
);

it.each(['constructor', '__proto__', 'toString'])('%s is no type', (mimeType) => {
	expect(fileExtension(mimeType)).toBe('bin');
});
