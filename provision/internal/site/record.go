package site

import (
	"bytes"
	"encoding/json"

	"github.com/go-sparta/sparta/internal/plainjson"
)

// RecordKey is the object that remembers what was published last.
const RecordKey = records + "site.json"

// Entry is a file as it was published. S3 lists objects without their headers, and cannot tell whether what CloudFront
// has cached of them was invalidated.
type Entry struct {
	MD5          string `json:"md5"`
	ContentType  string `json:"contentType"`
	CacheControl string `json:"cacheControl"`
}

// Entry returns what the record has of a file.
func (f File) Entry() Entry {
	return Entry{MD5: f.MD5, ContentType: f.ContentType, CacheControl: f.CacheControl}
}

// NewRecord is the record of files that have been published.
func NewRecord(files []File) (File, error) {
	entries := map[string]Entry{}
	for _, file := range files {
		entries[file.Key] = file.Entry()
	}
	var text bytes.Buffer
	if err := plainjson.Write(&text, entries); err != nil {
		return File{}, err
	}
	return File{
		Key: RecordKey, Content: text.Bytes(), ContentType: "application/json", CacheControl: "no-store",
	}.Measured()
}

// ReadRecord returns the entries of a record by the files' keys. One that cannot be read has none.
func ReadRecord(text []byte) map[string]Entry {
	entries := map[string]Entry{}
	_ = json.Unmarshal(text, &entries)
	return entries
}
