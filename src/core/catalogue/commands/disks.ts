import { type Deed, harmless, type Tools } from './tool.ts';

const formats: Deed = ['service', 'none', 'makes a new file system on {}: everything on it is lost'];
const partitions: Deed = ['service', 'none', 'changes the partition table of {}: a mistake loses everything on the disk'];

/** Tools that write to whole disks, partitions, volumes and pools. */
export const disks: Tools = {
  'mkfs.ext2 mkfs.ext3 mkfs.ext4 mke2fs': { valued: '-t -L -U -b -E -O -I -i -N -m -G -g -M -o -T -e -J -C', idle: '-n', onDevices: true, deeds: { '': formats } },
  'mkfs mkfs.xfs mkfs.btrfs mkfs.vfat mkfs.fat mkfs.msdos mkfs.ntfs mkfs.exfat mkfs.f2fs mkfs.jfs mkfs.minix mkfs.bfs mkfs.cramfs mkfs.reiserfs mkntfs mkdosfs mkexfatfs newfs newfs_hfs newfs_msdos newfs_apfs': {
    valued: '-t --type -L -U -b -O -i -I -m -N -n -s -d -l',
    onDevices: true,
    deeds: { '': formats },
  },
  mkswap: { valued: '-L -U -p', onDevices: true, deeds: { '': ['service', 'none', 'makes swap space of {}: everything on it is lost'] } },
  wipefs: { onDevices: true, valued: '-o -t -O', idle: '-n --no-act', deeds: { '-a|--all|-o|--offset': ['service', 'none', 'wipes what says that {} holds a file system'] } },
  blkdiscard: { valued: '-o -l -p', deeds: { '': ['service', 'none', 'discards every block of {}'] } },
  // Without a task these ask at a prompt, and write only what a person decides there.
  'fdisk cfdisk gdisk cgdisk': { onDevices: true, valued: '-b -C -H -S -t -W -o', idle: '-l --list -s -V', deeds: { '*': ['service', 'costly', 'changes the partition table of {}'] } },
  sgdisk: {
    onDevices: true,
    valued: '-a -A -b -c -e -g -i -l -m -n -r -t -T -u -U',
    idle: '-p --print -v --verify -i --info -P --pretend',
    deeds: { '-Z|--zap-all|-z|--zap|-o|--clear': ['service', 'none', 'wipes the partition table of {}'], '-d|--delete|-n|--new|-g|--mbrtogpt|-R|--replicate|-l|--load-backup': partitions, '--delete|--new|--load-backup|--zap-all': partitions },
  },
  sfdisk: { onDevices: true, valued: '-N -X -Y -O -o -w', idle: '-l --list -d --dump -J --json -s --show-size -g --show-geometry -V --verify -F --list-free -T --list-types --backup-pt-sectors -n --no-act', deeds: { '--delete': ['service', 'none', 'deletes partitions of {}'], '-v': harmless, '*': partitions } },
  parted: {
    onDevices: true,
    valued: '-a --align -m',
    idle: '-l --list -v',
    deeds: {
      '* print|unit|help|align-check|version|quit|select': harmless, '* mklabel|mktable': ['service', 'none', 'makes a new partition table on {}: everything on the disk is lost'],
      '* rm|resizepart|resize|mkpart|move|mkpartfs|rescue': partitions, '* name|set|toggle|disk_set|disk_toggle': ['service', 'easy', 'changes a flag or name in the partition table'], '*': ['service', 'costly', 'changes the partition table of {}'],
    },
  },
  fsfreeze: { deeds: { '-f|--freeze': ['service', 'easy', 'makes every program that writes below {} wait'] } },
  xfs_freeze: { deeds: { '-f': ['service', 'easy', 'makes every program that writes below {} wait'] } },
  blockdev: { deeds: { '--setro|--setrw': ['service', 'easy', 'changes whether {} can be written'] } },
  partx: { deeds: { '-d|--delete': ['set', 'costly', 'makes the kernel forget partitions of {}'] } },
  dmsetup: { deeds: { 'remove|remove_all|wipe_table': ['service', 'costly', 'takes {} away from the system'] } },
  losetup: { deeds: { '-D|--detach-all': ['set', 'costly', 'detaches every loop device'] } },
  'lvremove lvreduce': { valued: '-L -l --size --extents -S --select', idle: '-t --test', deeds: { '': ['service', 'none', 'removes or shrinks the logical volume {} and what it holds'] } },
  vgremove: { idle: '-t --test', deeds: { '': ['service', 'none', 'removes the volume group {} with its volumes'] } },
  'pvremove vgreduce': { idle: '-t --test', deeds: { '': ['service', 'none', 'takes {} out of the volume manager'] } },
  'lvconvert': { deeds: { '--merge|--mergesnapshot': ['service', 'none', 'takes the volume {} back to a snapshot, and loses what came since'] } },
  zpool: {
    idle: '-n',
    deeds: {
      destroy: ['environment', 'none', 'destroys the pool {} with every file system in it'], 'labelclear': ['service', 'none', 'wipes what says that {} belongs to a pool'],
      'create -f': ['service', 'none', 'makes a pool of disks that may be in use ({})'], 'remove|detach|split|offline': ['service', 'costly', 'takes a disk out of a pool ({})'], 'checkpoint -d|--discard': ['set', 'none', 'throws away the checkpoint of {}'],
    },
  },
  zfs: {
    idle: '-n',
    deeds: {
      'destroy -r|-R': ['service', 'none', 'destroys {} with every file system and snapshot below it'], destroy: ['service', 'none', 'destroys {} and what it holds'],
      'rollback': ['service', 'none', 'takes the file system back to {}, and loses what came since'], 'receive|recv -F': ['service', 'costly', 'overwrites {} with what it receives'], 'unload-key': ['service', 'easy', 'locks {}'], 'promote|upgrade': harmless,
    },
  },
  btrfs: { deeds: { 'subvolume|sub|su delete|del': ['service', 'none', 'deletes the subvolume {} and what it holds'], 'device|dev delete|remove': ['service', 'costly', 'takes a disk out of the file system ({})'], 'check --repair': ['service', 'none', 'repairs {}, and may lose what it cannot'], 'rescue zero-log|chunk-recover': ['service', 'none', 'changes {}, and may lose what it cannot read'] } },
  'snapper': { valued: '-c --config', deeds: { 'delete|remove|rm': ['set', 'none', 'deletes the snapshots {}'], 'undochange|rollback': ['service', 'costly', 'takes files back to a snapshot'], 'delete-config': ['set', 'none', 'deletes a configuration with its snapshots'] } },
  cryptsetup: {
    valued: '-c --cipher -s --key-size -d --key-file -h --hash -i --type --label --header -S --key-slot',
    deeds: {
      'luksformat|reencrypt': ['service', 'none', 'encrypts {} anew: everything on it is lost, or depends on it being finished'], 'format': ['service', 'none', 'encrypts {} anew'], 'erase|lukserase': ['service', 'none', 'wipes every key of {}: nobody can read it any more'],
      'lukskillslot|luksremovekey': ['service', 'costly', 'removes a key of {}'], 'luksheaderrestore': ['service', 'none', 'overwrites the header of {}, which the keys are in'], 'luksheaderbackup': harmless,
    },
  },
  mdadm: { valued: '-n -l -f', deeds: { '--zero-superblock': ['service', 'none', 'wipes what says that {} belongs to an array'], '--stop|-S': ['service', 'costly', 'stops the array {}'], '--create|-C': ['service', 'none', 'makes an array of disks and overwrites what they hold ({})'], '--fail|--remove': ['service', 'costly', 'takes a disk out of the array {}'] } },
  hdparm: { deeds: { '--security-erase|--security-erase-enhanced|--trim-sector-ranges|--write-sector|--make-bad-sector|--dco-restore|--sanitize-block-erase|--sanitize-crypto-scramble': ['service', 'none', 'erases the disk {}'] } },
  nvme: { valued: '-n -s -l -r', deeds: { 'format|sanitize|delete-ns|write-zeroes|dsm|write': ['service', 'none', 'erases {}'] } },
  'sg_format sg_sanitize': { deeds: { '': ['service', 'none', 'erases the disk {}'] } },
  badblocks: { valued: '-b -c -o -p -t', deeds: { '-w': ['service', 'none', 'overwrites every block of {}'] } },
  'xfs_repair': { idle: '-n', deeds: { '-L': ['service', 'none', 'throws away the log of the file system on {}, with what was not yet written'] } },
  'fsck e2fsck fsck.ext4 fsck.ext3 fsck.xfs': { idle: '-n -N', deeds: { '-y|-p|-a|-f': ['set', 'costly', 'repairs {}, and may lose what it cannot'] } },
  'tune2fs resize2fs': { idle: '-l', deeds: { '-m|-O|-U|-L|-c|-i': harmless } },
  debugfs: { deeds: { '-w': ['service', 'costly', 'opens {} so that its structure can be changed by hand'] } },
  swapoff: { deeds: { '-a|--all': ['set', 'easy', 'turns all swap space off'] } },
  diskutil: { deeds: { 'list|info|mount|unmount|mountdisk|unmountdisk|eject|verifyvolume|verifydisk|activity': harmless, 'erasedisk|erasevolume|reformat|secureerase|zerodisk|randomdisk|partitiondisk|eraseoptical': ['service', 'none', 'erases {}'], 'apfs|ap|appleraid|ar|cs|corestorage deletecontainer|deletevolume|delete|erasevolume|deletevolumegroup|eraseraid|deletesnapshot|revert': ['service', 'none', 'deletes {} and what it holds'] } },
  tmutil: { deeds: { 'delete|deletelocalsnapshots|deleteinprogress|thinlocalsnapshots': ['set', 'none', 'deletes backups ({})'], 'disable|disablelocal': ['service', 'costly', 'turns backups off'], 'removedestination': ['service', 'costly', 'makes backups go nowhere'] } },
  'MegaCli megacli storcli perccli ssacli hpssacli': { deeds: { '** delete|deleteall|erase|init|modify': ['service', 'none', 'deletes an array of disks'], '-CfgLdDel|-CfgClr|-LDInit': ['service', 'none', 'deletes an array of disks'] } },
  'ipmitool': { deeds: { '** off|reset|cycle|soft': ['service', 'easy', 'turns the machine off'], '** power|chassis off|reset|cycle': ['service', 'easy', 'turns the machine off'], 'sel clear': ['set', 'none', 'clears the log of the hardware'] } },
  'flashrom': { deeds: { '-w|--write|-E|--erase': ['service', 'costly', 'overwrites the firmware of the machine'] } },
  'efibootmgr': { deeds: { '-B|--delete-bootnum': ['service', 'costly', 'deletes an entry that the machine boots by'] } },
  restore: { onDevices: true, valued: '-f -b -s', idle: '-t -N', deeds: { '-r': ['collection', 'none', 'writes a dump over the file system here'] } },
};
