package eventsource

import (
	"fmt"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// notification is what a bucket has to notify a function of.
type notification struct {
	bucket
	function Target
	name     string // the function's
}

// notifications are those of one bucket.
type notifications struct {
	id   string // the bucket's logical ID; empty if it is another stack's
	name string // the bucket's part of logical IDs
	list []notification
}

// id identifies the notification among those of the stack, whatever the order of functions.
func (n notification) id() string {
	return n.function.ID + sum([]any{n.Events, n.Filter.Prefix(), n.Filter.Suffix()})
}

// check returns an error if two of the bucket's notifications are for the same event.
func (g *notifications) check() error {
	for i, one := range g.list {
		for _, other := range g.list[:i] {
			if one.SourceAccount != other.SourceAccount {
				return fmt.Errorf("bucket %s has the SourceAccount %q for function %s and %q for function %s: use one",
					show.Expression(one.SourceArn), other.SourceAccount, other.name, one.SourceAccount, one.name)
			}
			if event := one.selection().Shared(other.selection()); event != "" {
				return fmt.Errorf("bucket %s would notify both function %s (keys %s) and function %s (keys %s) of %s, "+
					"but S3 notifies one destination of each event: use other Events, prefixes or suffixes, or set "+
					"EventBridge of one", show.Expression(one.SourceArn),
					other.name, other.selection().Keys(), one.name, one.selection().Keys(), event)
			}
		}
	}
	return nil
}

// permit lets the bucket invoke the functions, and returns the logical IDs of the permissions.
func (g *notifications) permit(template *cloudformation.Template, arn any, condition string) ([]string, error) {
	var ids []string
	for _, one := range g.list {
		what := "S3" + g.name
		id := one.function.ID + what + "Permission"
		if slices.Contains(ids, id) {
			continue
		}
		base := sparta.BasePermission{SourceArn: arn}
		if err := addPermission(template, one.function, what, "s3.amazonaws.com", base); err != nil {
			return nil, err
		}
		// Once a bucket is deleted, anybody can create one with its name.
		template.Resources[id].Properties["SourceAccount"] = one.owner()
		template.Resources[id].Condition = condition
		ids = append(ids, id)
	}
	return ids, nil
}
