package eventsource

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/customresource"
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
	name string // what logical IDs have
	list []notification
}

// AddBuckets connects the buckets that invoke functions. It comes after AddTo of all functions, when their roles have
// what they need: whether a function refers to the bucket decides.
func AddBuckets(template *cloudformation.Template, functions []Function) error {
	var errs []error
	added := false
	for _, group := range groups(template, functions) {
		err := group.check()
		if err == nil && group.inTemplate(template) {
			err = group.configure(template)
		} else if err == nil {
			if !added {
				err, added = customresource.Notifications().AddTo(template), true
			}
			if err == nil {
				err = group.addResource(template)
			}
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// groups are the notifications by bucket.
func groups(template *cloudformation.Template, functions []Function) []*notifications {
	var list []*notifications
	byName := map[string]*notifications{}
	for _, function := range functions {
		for _, permission := range function.Info.Permissions {
			s3, isS3 := permission.(sparta.S3Permission)
			if !isS3 || s3.EventBridge {
				continue
			}
			id := bucketID(template, s3.SourceArn)
			name := cmp.Or(id, identity(s3.SourceArn))
			if byName[name] == nil {
				byName[name] = &notifications{id: id, name: name}
				list = append(list, byName[name])
			}
			byName[name].list = append(byName[name].list,
				notification{bucket{s3}, function.Target, function.Info.Name()})
		}
	}
	for _, group := range list {
		slices.SortStableFunc(group.list, func(a, b notification) int { return cmp.Compare(a.id(), b.id()) })
	}
	return list
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
			if event := one.shared(other.bucket); event != "" {
				return fmt.Errorf("bucket %s would notify both function %s (keys %s) and function %s (keys %s) of %s, but "+
					"S3 notifies one destination of each event: use other Events, prefixes or suffixes, or set "+
					"EventBridge of one", show.Expression(one.SourceArn), other.name, other.keys(), one.name, one.keys(),
					event)
			}
		}
	}
	return nil
}

// shared is an event that both notifications are for, or empty.
func (s bucket) shared(other bucket) string {
	prefix, suffix := s.Filter.Prefix(), s.Filter.Suffix()
	otherPrefix, otherSuffix := other.Filter.Prefix(), other.Filter.Suffix()
	if !strings.HasPrefix(prefix, otherPrefix) && !strings.HasPrefix(otherPrefix, prefix) ||
		!strings.HasSuffix(suffix, otherSuffix) && !strings.HasSuffix(otherSuffix, suffix) {
		return ""
	}
	for _, event := range s.Events {
		for _, another := range other.Events {
			if includes(event, another) {
				return another
			}
			if includes(another, event) {
				return event
			}
		}
	}
	return ""
}

// includes reports whether an event is of a kind, which may end with *.
func includes(kind, event string) bool {
	family, isFamily := strings.CutSuffix(kind, "*")
	return kind == event || isFamily && strings.HasPrefix(event, family)
}

// inTemplate reports whether the notifications can be in the template's bucket itself: it has a name that is known
// without it, and what it notifies does not refer to it.
func (g *notifications) inTemplate(template *cloudformation.Template) bool {
	if g.id == "" {
		return false
	}
	name := template.Resources[g.id].Properties["BucketName"]
	if name == nil {
		return false
	}
	targets, err := cloudformation.References(name)
	if err != nil {
		return false
	}
	for _, target := range targets {
		if template.Resources[target] != nil {
			return false
		}
	}
	for _, one := range g.list {
		if Reaches(template, string(one.function.callee()), g.id) {
			return false
		}
	}
	return true
}

// Reaches reports whether a resource needs another one, directly or not.
func Reaches(template *cloudformation.Template, from, to string) bool {
	seen, waiting := map[string]bool{}, []string{from}
	for len(waiting) > 0 {
		id := waiting[0]
		waiting = waiting[1:]
		resource := template.Resources[id]
		if seen[id] || resource == nil {
			continue
		}
		if id == to {
			return true
		}
		seen[id] = true
		targets, err := cloudformation.References(resource.Properties)
		if err != nil {
			continue // Validate reports it
		}
		waiting = append(append(waiting, targets...), resource.DependsOn...)
	}
	return false
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
		// Anybody can have a bucket of a name that nobody has any more.
		template.Resources[id].Properties["SourceAccount"] = one.owner()
		template.Resources[id].Condition = condition
		ids = append(ids, id)
	}
	return ids, nil
}

// addResource adds the notifications as a custom resource.
func (g *notifications) addResource(template *cloudformation.Template) error {
	name, arn := g.list[0].SourceArn, g.list[0].SourceArn
	properties := map[string]any{"Account": g.list[0].owner()}
	condition := ""
	if g.id != "" {
		name, arn = cloudformation.Ref(g.id), cloudformation.GetAtt{g.id, "Arn"}
		properties["OfStack"] = true
		condition = template.Resources[g.id].Condition
		if own := template.Resources[g.id].Properties["NotificationConfiguration"]; own != nil {
			// When it changes, CloudFormation replaces all notifications of the bucket: they have to be added again.
			properties["BucketSettings"] = sum(own)
		}
	}
	permissions, err := g.permit(template, arn, condition)
	if err != nil {
		return err
	}
	list := make([]map[string]any, 0, len(g.list))
	for _, one := range g.list {
		list = append(list, one.properties())
	}
	properties["Bucket"], properties["Notifications"] = name, list
	id := "S3" + g.name + "Notifications"
	if err := customresource.Notifications().Add(template, id, properties, arn, permissions...); err != nil {
		return err
	}
	template.Resources[id].Condition, template.Resources[id+"Policy"].Condition = condition, condition
	return nil
}

// properties are those of a custom resource.
func (n notification) properties() map[string]any {
	found := map[string]any{"Name": n.id(), "Function": n.function.arn(), "Events": n.Events}
	if prefix := n.Filter.Prefix(); prefix != "" {
		found["Prefix"] = prefix
	}
	if suffix := n.Filter.Suffix(); suffix != "" {
		found["Suffix"] = suffix
	}
	return found
}

// sum identifies a value, in eight hex digits.
func sum(value any) string {
	text, err := plainjson.Marshal(value)
	if err != nil {
		return "" // of what Marshal refuses
	}
	digest := sha256.Sum256(text)
	return hex.EncodeToString(digest[:4])
}
