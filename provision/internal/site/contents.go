package site

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/internal/plainjson"
	"github.com/go-sparta/sparta/provision/internal/customresource"
	"github.com/go-sparta/sparta/provision/internal/iam"
)

// addContents adds the custom resource that empties the bucket before it is deleted, and in a pipeline fills it.
func (b *builder) addContents(archive *Archive, ofAPI map[string]cloudformation.Output) {
	kind := customresource.Contents()
	b.errs = append(b.errs, kind.AddTo(b.template))
	id := bucketID + "Contents"
	if b.site.BucketName != nil { // of each bucket, so that one that is replaced is emptied, too
		name, err := plainjson.Marshal(b.site.BucketName)
		b.errs = append(b.errs, err)
		id += logicalid.Sum(name)
	}
	properties := map[string]any{"Bucket": cloudformation.Ref(bucketID)}
	own := []any{cloudformation.GetAtt{bucketID, "Arn"}, objects("")}
	statements := []map[string]any{kind.Allow(own)}
	if archive != nil {
		statements = append(statements, b.fill(properties, archive, ofAPI)...)
	}
	b.errs = append(b.errs, kind.AddAllowing(b.template, id, properties, statements))
}

// fill adds the properties that let the custom resource publish an archive, and returns what it has to be allowed.
func (b *builder) fill(
	properties map[string]any, archive *Archive, ofAPI map[string]cloudformation.Output,
) []map[string]any {
	bucket := cloudformation.Parameter{
		Type: "String", Description: "Bucket that holds the site's files, " + archive.Key,
	}
	if archive.Bucket != "" {
		bucket.Default = &archive.Bucket
	}
	b.template.Parameters[BucketParameter] = bucket
	b.template.Parameters[KeyParameter] = cloudformation.Parameter{
		Type: "String", Description: "Key of the site's files in their bucket", Default: &archive.Key,
	}
	properties["SourceBucket"] = cloudformation.Ref(BucketParameter)
	properties["SourceKey"] = cloudformation.Ref(KeyParameter)
	properties["SHA256"] = archive.SHA256
	manifest, values, err := unresolvedManifest(b.site, ofAPI)
	b.errs = append(b.errs, err)
	properties["Manifest"] = manifest
	if len(values) > 0 {
		properties["Values"] = values
	}
	statements := []map[string]any{
		iam.Allow([]any{cloudformation.GetAtt{bucketID, "Arn"}, objects("")},
			"s3:ListBucket", "s3:GetObject", "s3:PutObject"),
		iam.Allow(cloudformation.Sub("arn:${AWS::Partition}:s3:::${"+BucketParameter+"}/${"+KeyParameter+"}"),
			"s3:GetObject"),
	}
	if b.site.WebsiteHosting {
		return statements
	}
	properties["Distribution"] = cloudformation.Ref(DistributionID)
	return append(statements, iam.Allow(cloudformation.Sub(
		"arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${"+DistributionID+"}"),
		"cloudfront:CreateInvalidation"))
}
