package site

import (
	"errors"
	"maps"
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/logicalid"
	"github.com/go-sparta/sparta/provision/internal/iam"
	"github.com/go-sparta/sparta/sparta"
)

// bucketID is the logical ID of the bucket. The others of the package begin with it.
const (
	bucketID  = "S3Site"
	accessID  = bucketID + "AccessControl"
	RewriteID = bucketID + "Rewrite"
)

// DistributionID is the logical ID of the distribution.
const DistributionID = bucketID + "Distribution"

// Stack is the stack that a site is deployed to.
type Stack struct {
	Name    string
	Region  string                           // empty if it is not known
	API     map[string]cloudformation.Output // outputs of the API
	Archive *Archive                         // nil means that the deploy program uploads the files
}

// AddTo adds a site to a template. The folder is nil if it has not been read. It returns an error if the site is
// invalid, or cannot be deployed to the region.
func AddTo(template *cloudformation.Template, site *sparta.S3Site, folder *Folder, stack Stack) error {
	err := errors.Join(Check(site), checkRegion(site, stack.Region), checkParameters(site, template.Parameters))
	if err != nil {
		return err
	}
	b := &builder{template: template, site: site, folder: folder, stack: stack.Name}
	b.addBucket()
	if site.WebsiteHosting {
		b.addPolicy(publicStatements())
	} else {
		b.addPolicy(distributionStatements())
		b.addAccessControl()
		b.addRewrite()
		b.addDistribution()
		b.addRecords()
	}
	b.addContents(stack.Archive, stack.API)
	maps.Copy(template.Outputs, userOutputs(site))
	return errors.Join(b.errs...)
}

// addBucket adds the bucket, which only the distribution may read unless it serves the site itself.
func (b *builder) addBucket() {
	closed := !b.site.WebsiteHosting
	properties := map[string]any{
		"PublicAccessBlockConfiguration": map[string]any{
			"BlockPublicAcls": true, "IgnorePublicAcls": true,
			"BlockPublicPolicy": closed, "RestrictPublicBuckets": closed,
		},
		"OwnershipControls": map[string]any{"Rules": []any{map[string]any{"ObjectOwnership": "BucketOwnerEnforced"}}},
		"BucketEncryption": map[string]any{"ServerSideEncryptionConfiguration": []any{map[string]any{
			"ServerSideEncryptionByDefault": map[string]any{"SSEAlgorithm": "AES256"},
		}}},
	}
	if b.site.BucketName != nil {
		properties["BucketName"] = b.site.BucketName
	}
	if b.site.WebsiteHosting {
		configuration := map[string]any{"IndexDocument": Index(b.site)}
		if document := errorDocument(b.site, b.folder); document != "" {
			configuration["ErrorDocument"] = document
		}
		properties["WebsiteConfiguration"] = configuration
	}
	bucket := b.add(bucketID, "AWS::S3::Bucket", properties)
	bucket.DeletionPolicy, bucket.UpdateReplacePolicy = cloudformation.Delete, cloudformation.Delete
}

func (b *builder) addPolicy(statements []map[string]any) {
	b.add(bucketID+"Policy", "AWS::S3::BucketPolicy", map[string]any{
		"Bucket": cloudformation.Ref(bucketID), "PolicyDocument": iam.Policy(statements...),
	})
}

func distributionStatements() []map[string]any {
	service := map[string]any{"Service": "cloudfront.amazonaws.com"}
	read, hide := iam.Allow(objects(""), "s3:GetObject"), iam.Allow(objects(records), "s3:GetObject")
	read["Principal"], hide["Principal"], hide["Effect"] = service, service, "Deny"
	read["Condition"] = map[string]any{"StringEquals": map[string]any{"AWS:SourceArn": cloudformation.Sub(
		"arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${" + DistributionID + "}")}}
	return []map[string]any{read, hide}
}

func publicStatements() []map[string]any {
	read, hide := iam.Allow(objects(""), "s3:GetObject"), iam.Allow(objects(records), "s3:GetObject")
	read["Principal"], hide["Principal"], hide["Effect"] = "*", "*", "Deny"
	hide["Condition"] = map[string]any{
		"StringNotEquals": map[string]any{"aws:PrincipalAccount": cloudformation.AccountID},
	}
	return []map[string]any{read, hide}
}

// name is the name of a part of CloudFront, which has all regions in one list. It has up to 64 characters, and the
// region's name up to 16.
func (b *builder) name() cloudformation.Sub {
	const suffix, longest, digits = "-site", 64 - 16 - len("-") - len("-site"), 8
	if len(b.stack) <= longest {
		return "${AWS::StackName}-${AWS::Region}" + suffix
	}
	short := strings.TrimRight(b.stack[:longest-digits-1], "-") + "-" + logicalid.Sum([]byte(b.stack))
	return cloudformation.Sub(short + "-${AWS::Region}" + suffix)
}

func (b *builder) addAccessControl() {
	b.add(accessID, "AWS::CloudFront::OriginAccessControl", map[string]any{
		"OriginAccessControlConfig": map[string]any{
			"Name": b.name(), "OriginAccessControlOriginType": "s3", "SigningBehavior": "always",
			"SigningProtocol": "sigv4",
		},
	})
}

func (b *builder) addRewrite() {
	code, err := rewrite(b.site, b.folder)
	b.errs = append(b.errs, err)
	b.add(RewriteID, "AWS::CloudFront::Function", map[string]any{
		"Name": b.name(), "AutoPublish": true, "FunctionCode": code,
		"FunctionConfig": map[string]any{"Comment": "Finds index documents", "Runtime": "cloudfront-js-2.0"},
	})
}
