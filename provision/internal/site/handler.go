package site

import (
	"io"
	"net/http"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/sparta"
)

// Handler serves a site's files from its folder as CloudFront serves them, with a manifest.
type Handler struct {
	Site     *sparta.S3Site
	Manifest File

	api map[string]cloudformation.Output
}

// NewHandler returns a handler whose manifest is still empty. It returns an error if the site cannot be published. The
// outputs are those of the API.
func NewHandler(site *sparta.S3Site, api map[string]cloudformation.Output) (*Handler, error) {
	if _, err := Read(site); err != nil {
		return nil, err
	}
	return &Handler{Site: site, api: api}, nil
}

// SetOutputs makes the manifest from the values of the API's outputs, by name.
func (h *Handler) SetOutputs(values map[string]string) (err error) {
	h.Manifest, err = NewManifest(h.Site, h.api, values)
	return err
}

// ServeHTTP serves a file, or redirects to the folder with a slash.
func (h Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "This distribution is not configured to allow the HTTP request method that was used for this "+
			"request.", http.StatusForbidden)
		return
	}
	key := strings.TrimPrefix(r.URL.Path, "/")
	if key == "" || strings.HasSuffix(key, "/") {
		key += Index(h.Site)
	}
	if h.serve(w, r, key, http.StatusOK) {
		return
	}
	if !h.Site.SinglePage && !strings.HasPrefix(key, wellKnown) && !strings.Contains(path.Base(key), ".") {
		to := "/" + strings.TrimLeft(r.URL.EscapedPath(), `/\`) + "/"
		if r.URL.RawQuery != "" {
			to += "?" + r.URL.RawQuery
		}
		http.Redirect(w, r, to, http.StatusFound)
		return
	}
	document, code := h.missing()
	if document == "" || !h.serve(w, r, document, code) {
		http.Error(w, "Access Denied", http.StatusForbidden)
	}
}

// missing is the document for what does not exist, with its status.
func (h Handler) missing() (document string, code int) {
	if h.Site.SinglePage {
		return Index(h.Site), http.StatusOK
	}
	document = errorDocument(h.Site, nil)
	if document == "" {
		document = usualError
	}
	return document, http.StatusNotFound
}

// serve serves the file of a key. It reports whether there is one.
func (h Handler) serve(w http.ResponseWriter, r *http.Request, key string, code int) bool {
	file := h.Manifest
	if key != Manifest {
		file = File{Key: key, Path: locate(h.Site, key), CacheControl: cacheControl(h.Site, key)}
		if file.Path == "" {
			return false
		}
	}
	file, err := file.Measured() // now, because it may have changed
	if err != nil {
		return false
	}
	content, err := file.Open()
	if err != nil {
		return false
	}
	defer func() { _ = content.Close() }()
	w.Header().Set("Content-Type", contentType(key))
	w.Header().Set("Cache-Control", file.CacheControl)
	w.Header().Set("ETag", `"`+file.MD5+`"`)
	if code != http.StatusOK {
		w.WriteHeader(code)
		if r.Method != http.MethodHead {
			_, _ = io.Copy(w, content)
		}
		return true
	}
	http.ServeContent(w, r, "", time.Time{}, content)
	return true
}

// locate returns the path of the file that is published with a key, or "" if there is none.
func locate(site *sparta.S3Site, key string) string {
	local, err := filepath.Localize(key)
	if err != nil || isHidden(key) {
		return ""
	}
	root, err := filepath.Abs(site.Dir)
	if err == nil {
		root, err = filepath.EvalSymlinks(root)
	}
	if err != nil {
		return ""
	}
	full := filepath.Join(root, local)
	folder := filepath.Dir(full)
	if target, err := filepath.EvalSymlinks(folder); err != nil || target != folder {
		return "" // links to folders are not published
	}
	r := &reader{site: site, root: root}
	info, err := r.resolve(full, key)
	if err != nil || info == nil || !info.Mode().IsRegular() {
		return ""
	}
	return full
}
