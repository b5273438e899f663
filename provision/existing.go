package provision

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-sparta/sparta/internal/existing"
	"github.com/go-sparta/sparta/provision/internal/packages"
)

// readExisting lets the hooks that make the template of an existing stack know what that has, if it exists already.
func (d *deployment) readExisting(ctx context.Context, exists bool) (err error) {
	own := existing.Of(d.service.Hooks)
	if own == nil {
		return nil
	}
	switch {
	case d.clients == nil:
		own.Live = nil
	case !exists:
		own.Live = map[string]string{}
	default:
		own.Live, err = d.ResourceTypes(ctx, d.stack)
	}
	if d.options.HandOver && len(own.Uploads) > 0 {
		return errors.New("a pipeline cannot deploy this application: its own Sparta uploads a site; provision it " +
			"without -codePipelinePackage")
	}
	return err
}

// uploadFurther uploads what belongs into the bucket beside the package.
func (d *deployment) uploadFurther(ctx context.Context, store artifacts) error {
	own := existing.Of(d.service.Hooks)
	if own == nil {
		return nil
	}
	for _, path := range own.Uploads {
		sum, err := packages.SHA256(path)
		if err == nil {
			_, err = store.Upload(ctx, d.service.Name, path, sum)
		}
		if err != nil {
			return fmt.Errorf("upload %s: %w", path, err)
		}
	}
	return nil
}
