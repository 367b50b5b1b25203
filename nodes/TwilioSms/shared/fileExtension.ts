/**
 * The usual extensions of the file types that Twilio carries, where they differ from the subtype.
 *
 * @see https://www.twilio.com/docs/messaging/guides/accepted-mime-types
 */
const EXTENSIONS = new Map([
	['application/msword', 'doc'],
	['application/vnd.apple.pkpass', 'pkpass'],
	['application/vnd.ms-excel', 'xls'],
	['application/vnd.ms-powerpoint', 'ppt'],
	['application/vnd.openxmlformats-officedocument.presentationml.presentation', 'pptx'],
	['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx'],
	['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
	['audio/3gpp', '3gp'],
	['audio/3gpp2', '3g2'],
	['audio/basic', 'au'],
	['audio/mp4', 'm4a'],
	['audio/mpeg', 'mp3'],
	['audio/x-wav', 'wav'],
	['image/jpeg', 'jpg'],
	['image/jpg', 'jpg'],
	['image/svg+xml', 'svg'],
	['text/calendar', 'ics'],
	['text/directory', 'vcf'],
	['text/plain', 'txt'],
	['text/richtext', 'rtx'],
	['text/vcard', 'vcf'],
	['text/x-vcard', 'vcf'],
	['video/3gpp', '3gp'],
	['video/3gpp2', '3g2'],
	['video/mpeg', 'mpg'],
	['video/quicktime', 'mov'],
	['video/x-ms-wmv', 'wmv'],
	['video/x-msvideo', 'avi'],
]);

/** The extension for files of a MIME type, without its dot; `bin` when there is no telling. */
export function fileExtension(mimeType: string): string {
	const type = mimeType.split(';')[0].trim().toLowerCase();
	const subtype = type.split('/')[1] ?? '';
	return EXTENSIONS.get(type) ?? (/^[a-z0-9]{2,5}$/.test(subtype) ? subtype : 'bin');
}
