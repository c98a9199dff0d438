#!/usr/bin/env perl
# register_cases.pl PROGRAM REPOSITORY FILE: tells ctest of each case of PROGRAM, a process each.
# Its labels follow from what its source uses:
#
#   unit      neither a database nor the program
#   sqlite    a warehouse in a file
#   postgres  a warehouse in the server that the fixture starts
#   program   runs tidemark itself
#   accident  kills, faults, locks, signals
#
# Long ones begin first, so that none of them runs alone at the end. One that ends what runs by a signal has
# hardly anything beside it, as the program tidies up for less than a second.
# Fails when the sources and PROGRAM do not have the same cases.
use strict;
use warnings;
use File::Find;

my ($program, $repository, $file) = @ARGV;

sub labels {
    my ($source, $text) = @_;
    my @labels;
    my $both = $text =~ /backends\(\)|MigratedDatabase|SyncWorld|HistoryWorld|Trial\b|[Gg]round\b|Loads\b/;
    push @labels, 'sqlite' if $both || $text =~ /sqlite/i;
    push @labels, 'postgres' if $both || $text =~ /postgres/i;
    push @labels, 'program' if $text =~ /Desk\b|run_program|TIDEMARK_PROGRAM|Program\b|Trial\b|[Gg]round\b/;
    push @labels, 'accident' if $source =~ m{/tests/(faults|signals|torture)/};
    return @labels ? @labels : 'unit';
}

sub read_text {
    my ($file) = @_;
    open my $in, '<', $file or die "$file: $!\n";
    local $/;
    return scalar <$in>;
}

my (%labels_of, %cost_of, %processors_of, %hidden, @names);
find(sub {
    return unless /\.cpp$/;
    my $text = read_text($_);
    while ($text =~ /^TEST_CASE\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)(?:,\s*"([^"]*)")?/mg) {
        my ($literals, $tags) = ($1, $2 // '');
        my $name = join '', $literals =~ /"((?:[^"\\]|\\.)*)"/g;
        $name =~ s/\\(["\\])/$1/g;
        $hidden{$name} = 1, next if $tags =~ /\[\./; # run when it is asked for
        push @names, $name;
        $labels_of{$name} = join ';', labels($File::Find::name, $text);
        $cost_of{$name} = $tags =~ /\[(torture|property|year|secrets|signals)\]/ ? 100 : 0;
        $processors_of{$name} = $tags =~ /\[signals\]/ ? 3 : 1;
    }
}, "$repository/tests");

my @listed = split /\n/, `"$program" --list-test-names-only 2>/dev/null`;
@listed = split /\n/, `"$program" --list-tests --verbosity quiet` unless @listed;
my %listed = map { s/^"(.*)"$/$1/r => 1 } @listed;
my @unknown = grep { !$listed{$_} } @names;
my @missed = grep { !$labels_of{$_} && !$hidden{$_} && !/^\d+ / } keys %listed;
my @options = grep { /^-/ } @names;
die "only in the sources: @unknown\n" if @unknown;
die "read as options by the program: ", join("; ", @options), "\n" if @options;
die "in no source: ", join("\n", @missed), "\n" if @missed;

open my $out, '>', $file or die "$file: $!\n";
my $note = $file =~ s/cases\.cmake$/server.txt/r;
for my $name (@names) {
    my $pattern = $name =~ s/([\\,\[])/\\$1/gr;
    print $out "add_test([===[$name]===] [===[$program]===] [===[$pattern]===])\n";
    my $fixture = $labels_of{$name} =~ /postgres/ ? " FIXTURES_REQUIRED postgres ENVIRONMENT [===[TIDEMARK_TEST_SERVER=$note]===]" : '';
    print $out "set_tests_properties([===[$name]===] PROPERTIES LABELS [===[$labels_of{$name}]===] COST $cost_of{$name} PROCESSORS $processors_of{$name} TIMEOUT 600 SKIP_REGULAR_EXPRESSION [===[this case is skipped: ]===]$fixture)\n";
}
