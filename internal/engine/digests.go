package engine

import (
	"context"
	"encoding/json"
	"slices"
	"time"
)

// Digests lists the digests under which registries have an image, such as golang@sha256:…. It is empty for an image
// that was made here, or if the engine does not say.
func Digests(ctx context.Context, cli, image string) []string {
	out, _, err := Output(ctx, 10*time.Second, cli, "image", "inspect", "--format={{json .RepoDigests}}", image)
	var digests []string
	if err != nil || json.Unmarshal([]byte(out), &digests) != nil {
		return nil
	}
	slices.Sort(digests)
	return digests
}

// ImageID returns the ID of the image that a container engine has for a build, or "", and whether an engine answers.
// The function finds the engine; it is nil if no container can or may compile the library.
func ImageID(find func() (Engine, error)) (id string, answers bool) {
	if find == nil {
		return "", false
	}
	found, err := find()
	if err != nil {
		return "", false
	}
	if !found.HasImage {
		return "", true
	}
	return found.ID, true
}
