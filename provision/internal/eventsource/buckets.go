package eventsource

import (
	"cmp"
	"errors"
	"slices"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/customresource"
	"github.com/go-sparta/sparta/sparta"
)

// AddBuckets connects the buckets that invoke functions. It must be called after AddTo of all functions, when their
// roles are complete: how a bucket is connected depends on whether its function refers to it.
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

// inTemplate reports whether the notifications can be part of the template's bucket: its name must be explicit, and the
// functions that it notifies must not refer to it.
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
			// When this setting changes, CloudFormation replaces all notifications of the bucket: those of the custom
			// resource have to be added again.
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
