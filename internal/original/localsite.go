package original

import (
	"archive/zip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/files"
	"github.com/go-sparta/sparta/sparta"
)

// localSite describes the site of a template for this machine, or returns nil if there is none. Its files are those of
// the archive, which localSite unpacks beside it.
func localSite(template *cloudformation.Template, archive string) (*sparta.S3Site, error) {
	for id, resource := range template.Resources {
		if archive == "" || !isSiteBuilder(id, resource) {
			continue
		}
		dir := strings.TrimSuffix(archive, ".zip")
		if err := unpack(archive, dir); err != nil {
			return nil, fmt.Errorf("unpack the site's archive: %w", files.WithDiskAdvice(err))
		}
		site := &sparta.S3Site{Dir: dir, WebsiteHosting: true}
		manifest, _ := resource.Properties["Manifest"].(map[string]any)
		site.UserManifestData, _ = manifest["userdata"].(map[string]any)
		bucket, _ := resource.Properties["DestBucket"].(map[string]any)
		if id, _ := bucket["Ref"].(string); template.Resources[id] != nil {
			site.WebsiteConfiguration = documents(template.Resources[id].Properties, dir)
		}
		return site, nil
	}
	return nil, nil
}

// documents names the documents of a site's bucket. Sparta names an error document even where there is none.
func documents(bucket map[string]any, dir string) *sparta.WebsiteConfiguration {
	named := &sparta.WebsiteConfiguration{}
	properties, _ := bucket["WebsiteConfiguration"].(map[string]any)
	if name, _ := properties["IndexDocument"].(string); name != "" {
		named.IndexDocument = &sparta.IndexDocument{Suffix: name}
	}
	if name, _ := properties["ErrorDocument"].(string); files.IsFile(filepath.Join(dir, filepath.FromSlash(name))) {
		named.ErrorDocument = &sparta.ErrorDocument{Key: name}
	}
	return named
}

// unpack replaces a folder by the files of an archive. Requests for its files may be served meanwhile.
func unpack(archive, dir string) (err error) {
	reader, err := zip.OpenReader(archive)
	if err != nil {
		return err
	}
	defer reader.Close()
	if err := files.SweepScratch(dir); err != nil {
		return err
	}
	fresh := files.Scratch(dir)
	defer func() { err = errors.Join(err, os.RemoveAll(fresh)) }()
	if err := os.CopyFS(fresh, reader); err != nil {
		return err
	}
	for range 100 { // another run may put its own folder there in between
		if err = swap(dir, fresh); err == nil {
			return nil
		}
	}
	return err
}

// swap replaces a folder, which need not exist, by another one.
func swap(dir, fresh string) error {
	old := files.Scratch(dir)
	if err := os.Rename(dir, old); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return errors.Join(os.Rename(fresh, dir), os.RemoveAll(old))
}
