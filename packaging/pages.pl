#!/usr/bin/perl
# pages.pl FOLDER: makes a page of HTML out of each Markdown file in the folder, in its place. A link to
# a file that is not in the folder becomes plain text. It fails when a link of a page leads nowhere.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Find qw(find);
use File::Spec;

my $root = shift or die "usage: pages.pl FOLDER\n";
my $style = <<'CSS';
body { font: 16px/1.5 "Segoe UI", sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
code, pre { font-family: Consolas, monospace; font-size: 0.9em; background: #f4f4f4; }
pre { padding: 0.7rem; overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid #ccc; padding: 0.25rem 0.6rem; text-align: left; vertical-align: top; }
CSS

sub read_file {
    my ($file) = @_;
    open(my $in, '<', $file) or die "pages.pl: cannot read '$file': $!\n";
    local $/;
    return <$in>;
}

sub write_file {
    my ($file, $text) = @_;
    open(my $out, '>', $file) or die "pages.pl: cannot write '$file': $!\n";
    print $out $text;
    close($out) or die "pages.pl: cannot write '$file': $!\n";
}

# The anchor that GitHub gives a heading, whose links the pages hold.
sub anchor_of {
    my ($heading) = @_;
    $heading =~ s/<[^>]*>//g;
    $heading =~ s/&(amp|lt|gt|quot);//g;
    $heading =~ s/ /-/g;
    $heading =~ s/[^A-Za-z0-9_-]//g;
    return lc $heading;
}

# Where a link of a page leads: to a page instead of a Markdown file; undef when that is not here.
sub target_of {
    my ($page, $link) = @_;
    my ($file, $anchor) = $link =~ /^([^#]*)(.*)$/;
    return $link if $link =~ /^https?:/ || $file eq '';
    return undef unless -e File::Spec->catfile(dirname($page), $file);
    $file =~ s/\.md$/.html/;
    return $file . $anchor;
}

sub page_of {
    my ($file) = @_;
    open(my $pipe, '-|', 'cmark-gfm', '--extension', 'table', $file) or die "pages.pl: cannot run cmark-gfm: $!\n";
    my $html = do { local $/; <$pipe> };
    close($pipe) or die "pages.pl: cmark-gfm failed on '$file'\n";
    $html =~ s{<h([1-6])>(.*?)</h\1>}{'<h' . $1 . ' id="' . anchor_of($2) . "\">$2</h$1>"}ge;
    $html =~ s{<a href="([^"]*)">(.*?)</a>}{my $to = target_of($file, $1); defined $to ? "<a href=\"$to\">$2</a>" : $2}gse;
    my ($title) = $html =~ m{<h1[^>]*>(.*?)</h1>};
    $title =~ s/<[^>]*>//g;
    my $home = File::Spec->abs2rel(File::Spec->catfile($root, 'README.html'), dirname($file));
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>$title</title>\n"
      . "<style>\n$style</style>\n</head>\n<body>\n<p><a href=\"$home\">Tidemark</a></p>\n$html</body>\n</html>\n";
}

# Complains of links that lead nowhere, and returns how many there are.
sub broken_links {
    my ($page, %text_of) = @_;
    my $broken = 0;
    while ($text_of{$page} =~ /<a href="([^"]*)"/g) {
        my $link = $1;
        next if $link =~ /^https?:/;
        my ($file, $anchor) = $link =~ /^([^#]*)#?(.*)$/;
        my $target = $file eq '' ? $page : File::Spec->canonpath(File::Spec->catfile(dirname($page), $file));
        1 while $target =~ s{[^/]+/\.\./}{};
        my $there = -e $target && ($anchor eq '' || ($text_of{$target} // '') =~ /id="\Q$anchor\E"/);
        next if $there;
        warn "pages.pl: '$page' links to '$link', which is not there\n";
        ++$broken;
    }
    return $broken;
}

my @sources;
find({wanted => sub { push @sources, $_ if /\.md$/ }, no_chdir => 1}, File::Spec->canonpath($root));
die "pages.pl: there is no page in '$root'\n" unless @sources;
my %text_of;
for my $source (sort @sources) {
    (my $page = $source) =~ s/\.md$/.html/;
    $text_of{$page} = page_of($source);
}
for my $page (keys %text_of) { write_file($page, $text_of{$page}) }
unlink(@sources) == @sources or die "pages.pl: cannot remove the Markdown: $!\n";
my $broken = 0;
for my $page (sort keys %text_of) { $broken += broken_links($page, %text_of) }
exit($broken == 0 ? 0 : 1);
