package site

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-sparta/sparta/sparta"
)

const (
	// maxSize is S3's limit of an object that is uploaded in one request, in bytes.
	maxSize = 5 << 30
	maxKey  = 1024 // S3's limit, in bytes
	// wellKnown is the only name beginning with a dot that is published.
	wellKnown = ".well-known"
)

// Read reads the folder of a site. It returns an error, with a line for each problem, if the folder is not one that can
// be published.
func Read(site *sparta.S3Site) (*Folder, error) {
	if err := Check(site); err != nil {
		return nil, err
	}
	root, err := filepath.Abs(site.Dir)
	if err != nil {
		return nil, fmt.Errorf("site %s: %w", site.Dir, err)
	}
	info, err := os.Stat(root)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("site %s: the folder does not exist (%s): create it, or set Dir to another one",
			site.Dir, root)
	case err != nil:
		return nil, fmt.Errorf("site %s: %w", site.Dir, err)
	case !info.IsDir():
		return nil, fmt.Errorf("site %s: it is not a folder: set Dir to the folder with the site's files", site.Dir)
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return nil, fmt.Errorf("site %s: %w", site.Dir, err)
	}
	if err := checkApart(site, root); err != nil {
		return nil, err
	}
	r := &reader{site: site, root: root, folder: &Folder{}}
	if err := r.walk(root, ""); err != nil {
		return nil, fmt.Errorf("site %s: %w", site.Dir, err)
	}
	r.checkDocuments()
	return r.folder, errors.Join(r.errs...)
}

// checkApart returns an error if a folder contains the working directory, which is the application's: its source code
// would be published.
func checkApart(site *sparta.S3Site, root string) error {
	application, err := os.Getwd()
	if err == nil {
		application, err = filepath.EvalSymlinks(application)
	}
	if err != nil {
		return fmt.Errorf("site %s: %w", site.Dir, err)
	}
	if below, err := filepath.Rel(root, application); err == nil && filepath.IsLocal(below) {
		return fmt.Errorf("site %s: the folder contains the application (%s), whose source code would be published: "+
			"set Dir to a folder that has only the site's files", site.Dir, application)
	}
	return nil
}

// reader reads a folder.
type reader struct {
	site   *sparta.S3Site
	root   string
	folder *Folder
	errs   []error
}

func (r *reader) reportf(format string, values ...any) {
	r.errs = append(r.errs, fmt.Errorf("site %s: %w", r.site.Dir, fmt.Errorf(format, values...)))
}

// walk reads a folder, whose key is empty or ends with a slash.
func (r *reader) walk(dir, key string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := entry.Name()
		if isHidden(name) {
			r.folder.Hidden++
			continue
		}
		full := filepath.Join(dir, name)
		info, err := r.resolve(full, key+name)
		if err != nil {
			return err
		}
		switch {
		case info == nil: // it is reported
		case info.IsDir() && entry.Type()&fs.ModeSymlink != 0:
			r.reportf("%s is a link to a folder: copy the folder, or remove the link", key+name)
		case info.IsDir():
			err = r.walk(full, key+name+"/")
		case info.Mode().IsRegular():
			err = r.add(full, key+name, info.Size())
		default:
			r.reportf("%s is not a file (%s): remove it", key+name, info.Mode().Type())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// isHidden reports whether a path has a name that begins with a dot and is not published.
func isHidden(key string) bool {
	for name := range strings.SplitSeq(key, "/") {
		if strings.HasPrefix(name, ".") && name != wellKnown {
			return true
		}
	}
	return false
}

// resolve describes what a path leads to. It is nil if that is outside of the site.
func (r *reader) resolve(full, key string) (fs.FileInfo, error) {
	target, err := filepath.EvalSymlinks(full)
	if errors.Is(err, fs.ErrNotExist) {
		r.reportf("%s is a link to something that does not exist: remove it", key)
		return nil, nil
	}
	if err != nil { // for example a link to itself
		r.reportf("%s cannot be read: %w: remove or replace it", key, err)
		return nil, nil
	}
	below, err := filepath.Rel(r.root, target)
	if err != nil || !filepath.IsLocal(below) {
		r.reportf("%s is a link to %s, which is not in the folder: copy the file, or remove the link", key, target)
		return nil, nil
	}
	if below != "." && isHidden(filepath.ToSlash(below)) {
		r.reportf("%s is a link to %s, and names that begin with a dot are not published: copy the file, or remove "+
			"the link", key, below)
		return nil, nil
	}
	return os.Stat(target)
}

func (r *reader) add(full, key string, size int64) error {
	switch {
	case key == Manifest:
		r.reportf("%s is written by the deployment: rename the file", key)
		return nil
	case !utf8.ValidString(key) || strings.ContainsFunc(key, isForbidden):
		r.reportf("%q is not a name that URLs can have: rename the file", key)
		return nil
	case len(key) > maxKey:
		r.reportf("%s has a path of %d bytes, over S3's %d: shorten it", key, len(key), maxKey)
		return nil
	case size > maxSize:
		r.reportf("%s has %d bytes, over the limit of %d: host it elsewhere", key, size, int64(maxSize))
		return nil
	}
	file, err := File{
		Key: key, Path: full, ContentType: contentType(key), CacheControl: cacheControl(r.site, key),
	}.Measured()
	if err != nil {
		return err
	}
	r.folder.Files = append(r.folder.Files, file)
	r.folder.Size += file.Size
	return nil
}

// isForbidden reports whether names must not have a character: a backslash, or one that the XML of S3 cannot have.
func isForbidden(char rune) bool {
	return char == '\\' || unicode.IsControl(char) || char == '\ufffe' || char == '\uffff'
}

// checkDocuments reports documents that are missing.
func (r *reader) checkDocuments() {
	if len(r.folder.Files) == 0 && len(r.errs) == 0 {
		r.reportf("the folder is empty: add the site's files, or set Dir to another folder")
		return
	}
	if index := Index(r.site); !r.folder.Has(index) {
		r.reportf("%s is missing: add it, or name another file in WebsiteConfiguration.IndexDocument", index)
	}
	if configuration := r.site.WebsiteConfiguration; configuration != nil && configuration.ErrorDocument != nil {
		if key := configuration.ErrorDocument.Key; !r.folder.Has(key) {
			r.reportf("%s is missing: add it, or name another file in WebsiteConfiguration.ErrorDocument", key)
		}
	}
}
