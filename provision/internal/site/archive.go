package site

import (
	"archive/zip"
	"crypto/md5" //nolint:gosec // S3 identifies the content of objects by it
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/go-sparta/sparta/internal/files"
)

// ArchiveName is the name of the file with a site's files that a pipeline hands over.
const ArchiveName = "site.zip"

// Parameters of the template for a pipeline: where the archive is.
const (
	BucketParameter = "SiteS3Bucket"
	KeyParameter    = "SiteS3Key"
)

// Archive is where a pipeline finds a site's files. The deploy program does not upload them.
type Archive struct {
	Bucket string // by default; empty means that the pipeline has to say it
	Key    string // by default
	SHA256 string // of the record, in hex: it changes with the files
}

// NewArchive says where the archive of a service's site is by default.
func NewArchive(folder *Folder, bucket, service string) (*Archive, error) {
	record, err := NewRecord(folder.Files)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(record.Content)
	text := hex.EncodeToString(sum[:])
	return &Archive{Bucket: bucket, Key: service + "/" + text + "-" + ArchiveName, SHA256: text}, nil
}

// WriteArchive writes a zip of a folder's files with their record. It is the same for the same files.
func WriteArchive(path string, folder *Folder) error {
	record, err := NewRecord(folder.Files)
	if err != nil {
		return err
	}
	err = files.Replace(path, func(out io.Writer) error {
		archive := zip.NewWriter(out)
		for _, file := range append(folder.Files[:len(folder.Files):len(folder.Files)], record) {
			if err := addToArchive(archive, file); err != nil {
				return err
			}
		}
		return archive.Close()
	})
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

func addToArchive(archive *zip.Writer, file File) error {
	content, err := file.Open()
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }()
	header := &zip.FileHeader{
		Name: file.Key, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC),
	}
	header.SetMode(os.FileMode(0o644))
	out, err := archive.CreateHeader(header)
	if err != nil {
		return err
	}
	sum := md5.New() //nolint:gosec // the record has it
	if _, err = io.Copy(io.MultiWriter(out, sum), content); err != nil {
		return err
	}
	if hex.EncodeToString(sum.Sum(nil)) != file.MD5 {
		return fmt.Errorf("%s has changed since it was read: provision again", file.Key)
	}
	return nil
}
