package site

import (
	"io"
	"net/http"
	"os"
	"path"
	"strings"
	"time"

	"github.com/go-sparta/sparta/sparta"
)

// Handler serves a site's files from its folder as CloudFront serves them, with a manifest.
type Handler struct {
	Site     *sparta.S3Site
	Manifest File
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
	var content io.ReadSeekCloser
	cache := cacheControl(h.Site, key)
	if key == Manifest {
		content, _ = h.Manifest.open()
		cache = h.Manifest.CacheControl
	} else {
		if isHidden(key) {
			return false
		}
		file, err := os.OpenInRoot(h.Site.Dir, key)
		if err != nil {
			return false
		}
		if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() {
			_ = file.Close()
			return false
		}
		content = file
	}
	defer func() { _ = content.Close() }()
	w.Header().Set("Content-Type", contentType(key))
	w.Header().Set("Cache-Control", cache)
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
