package site

import (
	"bytes"
	"encoding/json"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// recordKey is the object that remembers what was published last.
const recordKey = records + "site.json"

// entry is a file as it was published. S3 lists objects without their headers, and cannot tell whether what CloudFront
// has cached of them was invalidated.
type entry struct {
	MD5          string `json:"md5"`
	ContentType  string `json:"contentType"`
	CacheControl string `json:"cacheControl"`
}

func (f File) entry() entry {
	return entry{MD5: f.MD5, ContentType: f.ContentType, CacheControl: f.CacheControl}
}

// newRecord is the record of files that have been published.
func newRecord(files []File) (File, error) {
	entries := map[string]entry{}
	for _, file := range files {
		entries[file.Key] = file.entry()
	}
	var text bytes.Buffer
	if err := plainjson.Write(&text, entries); err != nil {
		return File{}, err
	}
	return File{
		Key: recordKey, Content: text.Bytes(), ContentType: "application/json", CacheControl: "no-store",
	}.measured()
}

// readRecord returns the entries of a record by the files' keys. One that cannot be read has none.
func readRecord(text []byte) map[string]entry {
	entries := map[string]entry{}
	_ = json.Unmarshal(text, &entries)
	return entries
}
