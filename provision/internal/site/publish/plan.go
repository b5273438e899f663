package publish

import (
	"maps"
	"slices"

	"github.com/go-sparta/sparta/provision/internal/site"
)

// plan is what has to change in a bucket.
type plan struct {
	upload []site.File
	remove []string // keys
	stale  []string // keys whose earlier content CloudFront may have cached, sorted
}

// newPlan compares files with the ETags of objects, and with what was published last, which is nil if it is not known.
func newPlan(files []site.File, objects map[string]string, published map[string]site.Entry) plan {
	var p plan
	wanted := map[string]bool{site.RecordKey: true}
	stale := map[string]bool{}
	for _, file := range files {
		wanted[file.Key] = true
		before, known := published[file.Key]
		same := objects[file.Key] == file.MD5
		if published != nil && known {
			same = same && before == file.Entry()
		}
		if !same || published != nil && !known {
			p.upload = append(p.upload, file)
		}
		if published != nil && before != file.Entry() || !same {
			stale[file.Key] = true
		}
	}
	for _, key := range slices.Sorted(maps.Keys(objects)) {
		if !wanted[key] {
			p.remove = append(p.remove, key)
			stale[key] = true
		}
	}
	for key := range published { // it may be deleted, but not invalidated
		if !wanted[key] {
			stale[key] = true
		}
	}
	if len(objects) > 0 {
		p.stale = slices.Sorted(maps.Keys(stale))
	}
	return p
}
