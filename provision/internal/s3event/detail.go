package s3event

// Detail is how EventBridge describes a type of S3 event.
type Detail struct {
	Kind   string            // the detail type
	Fields map[string]string // of the detail, if the detail type does not say everything
}

// Details are EventBridge's descriptions by S3's types of events. EventBridge has no others.
func Details() map[string]Detail {
	because := func(reason string) map[string]string { return map[string]string{"reason": reason} }
	deleted := func(reason, kind string) map[string]string {
		return map[string]string{"reason": reason, "deletion-type": kind}
	}
	const (
		created, removed  = "Object Created", "Object Deleted"
		request, expiry   = "DeleteObject", "Lifecycle Expiration"
		forever, versions = "Permanently Deleted", "Delete Marker Created"
	)
	return map[string]Detail{
		"s3:ObjectCreated:*":                         {created, nil},
		"s3:ObjectCreated:Put":                       {created, because("PutObject")},
		"s3:ObjectCreated:Post":                      {created, because("POST Object")},
		"s3:ObjectCreated:Copy":                      {created, because("CopyObject")},
		"s3:ObjectCreated:CompleteMultipartUpload":   {created, because("CompleteMultipartUpload")},
		"s3:ObjectRemoved:*":                         {removed, because(request)},
		"s3:ObjectRemoved:Delete":                    {removed, deleted(request, forever)},
		"s3:ObjectRemoved:DeleteMarkerCreated":       {removed, deleted(request, versions)},
		"s3:LifecycleExpiration:*":                   {removed, because(expiry)},
		"s3:LifecycleExpiration:Delete":              {removed, deleted(expiry, forever)},
		"s3:LifecycleExpiration:DeleteMarkerCreated": {removed, deleted(expiry, versions)},
		"s3:ObjectRestore:Post":                      {"Object Restore Initiated", nil},
		"s3:ObjectRestore:Completed":                 {"Object Restore Completed", nil},
		"s3:ObjectRestore:Delete":                    {"Object Restore Expired", nil},
		"s3:LifecycleTransition":                     {"Object Storage Class Changed", nil},
		"s3:IntelligentTiering":                      {"Object Access Tier Changed", nil},
		"s3:ObjectTagging:Put":                       {"Object Tags Added", nil},
		"s3:ObjectTagging:Delete":                    {"Object Tags Deleted", nil},
		"s3:ObjectAcl:Put":                           {"Object ACL Updated", nil},
	}
}
