package site

import (
	"path"
	"regexp"
	"strings"

	"github.com/go-sparta/sparta/sparta"
)

const (
	revalidated = "no-cache"
	forever     = "public, max-age=31536000, immutable"
)

var (
	hexSum   = regexp.MustCompile(`^[0-9a-f]{8,64}$`)
	shortSum = regexp.MustCompile(`^[0-9A-Za-z_-]{8}$`)
)

// cacheControl is the header of a file. Browsers may keep a file whose name contains a sum of its content, and ask for
// a new version of any other each time.
func cacheControl(site *sparta.S3Site, key string) string {
	for _, entry := range site.CacheControl {
		name := key
		if !strings.Contains(entry.Pattern, "/") {
			name = path.Base(key)
		}
		if matches, err := path.Match(entry.Pattern, name); err == nil && matches {
			return entry.Value
		}
	}
	if hasSum(path.Base(key)) {
		return forever
	}
	return revalidated
}

// hasSum reports whether a name contains a sum of the file's content, as bundlers add it: main.8e0d62a1.js,
// index-BKqB1l2s.css. A word with a number is not one: app-Version2.js, report-02feb2024.pdf.
func hasSum(name string) bool {
	extension := path.Ext(name)
	stem := strings.TrimSuffix(name, extension)
	extension = strings.ToLower(extension)
	if extension == ".html" || extension == ".htm" {
		return false
	}
	for i := range len(stem) {
		if stem[i] != '.' && stem[i] != '-' {
			continue
		}
		part := stem[i+1:]
		if end := strings.IndexByte(part, '.'); end >= 0 {
			part = part[:end]
		}
		if runs(part) < minRuns {
			continue
		}
		if hexSum.MatchString(part) && mixes(part, digits, lower) {
			return true
		}
		switch extension {
		case ".js", ".mjs", ".css", ".map", ".wasm":
			if shortSum.MatchString(part) && mixes(part, digits, upper) {
				return true
			}
		}
	}
	return false
}

const (
	digits = "0123456789"
	lower  = "abcdefghijklmnopqrstuvwxyz"
	upper  = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
)

// minRuns is the number of runs that a sum has at least. Few sums have fewer. Browsers only ask more often for their
// files, whereas a name that is mistaken for one keeps old content for a year.
const minRuns = 4

// runs counts the longest parts of a text that are only digits or only letters. An upper-case letter after a lower-case
// one begins another part, as in names of several words.
func runs(text string) int {
	const none, digit, lowerCase, upperCase, sign = 0, 1, 2, 3, 4
	count, last := 0, none
	for _, char := range text {
		kind := sign
		switch {
		case strings.ContainsRune(digits, char):
			kind = digit
		case strings.ContainsRune(lower, char):
			kind = lowerCase
		case strings.ContainsRune(upper, char):
			kind = upperCase
		}
		if kind != last && (last != upperCase || kind != lowerCase) {
			count++
		}
		last = kind
	}
	return count
}

// mixes reports whether a text has characters of both sets.
func mixes(text, one, other string) bool {
	return strings.ContainsAny(text, one) && strings.ContainsAny(text, other)
}

// contentType is the type of a file. It does not depend on the machine.
func contentType(key string) string {
	if known := contentTypes[strings.ToLower(path.Ext(key))]; known != "" {
		return known
	}
	if path.Base(key) == "apple-app-site-association" {
		return "application/json"
	}
	return "application/octet-stream"
}

var contentTypes = map[string]string{
	".avif": "image/avif", ".bmp": "image/bmp", ".css": "text/css; charset=utf-8", ".csv": "text/csv; charset=utf-8",
	".eot": "application/vnd.ms-fontobject", ".gif": "image/gif", ".gz": "application/gzip",
	".htm": "text/html; charset=utf-8", ".html": "text/html; charset=utf-8", ".ico": "image/x-icon",
	".ics": "text/calendar; charset=utf-8", ".jpeg": "image/jpeg", ".jpg": "image/jpeg",
	".js": "text/javascript; charset=utf-8", ".json": "application/json", ".jsonld": "application/ld+json",
	".map": "application/json", ".md": "text/markdown; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
	".mp3": "audio/mpeg", ".mp4": "video/mp4", ".oga": "audio/ogg", ".ogg": "audio/ogg", ".ogv": "video/ogg",
	".otf": "font/otf", ".pdf": "application/pdf", ".png": "image/png", ".rss": "application/rss+xml",
	".svg": "image/svg+xml", ".tar": "application/x-tar", ".tif": "image/tiff", ".tiff": "image/tiff",
	".ttf": "font/ttf", ".txt": "text/plain; charset=utf-8", ".vtt": "text/vtt; charset=utf-8",
	".wasm": "application/wasm",
	".wav":  "audio/wav", ".weba": "audio/webm", ".webm": "video/webm", ".webmanifest": "application/manifest+json",
	".webp": "image/webp", ".woff": "font/woff", ".woff2": "font/woff2", ".xhtml": "application/xhtml+xml",
	".atom": "application/atom+xml", ".xml": "application/xml", ".zip": "application/zip",
}
